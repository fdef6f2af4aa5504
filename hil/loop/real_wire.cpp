// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/loop/real_wire.h"

#include <atomic>
#include <thread>
#include <utility>

#include "hil/modbus/rtu_client.h"
#include "hil/modbus/rtu_port.h"
#include "hil/modbus/serial_line.h"
#include "hil/modbus/tcp_client.h"
#include "hil/modbus/tcp_server.h"

namespace jh {

namespace {

/// The server's thread asks the station only while the procedure waits.
class GuardedStation final : public Station {
public:
    GuardedStation(Station& station, std::mutex& mutex) : station_{station}, mutex_{mutex} {}
    bool speaks(std::uint8_t function) const override { return station_.speaks(function); }
    bool silentOnUnknownFunction() const override { return station_.silentOnUnknownFunction(); }
    int mostRead() const override { return station_.mostRead(); }
    int mostWritten() const override { return station_.mostWritten(); }
    ModbusException read(ModbusTable table, int address, std::span<std::uint16_t> out) override {
        const std::lock_guard hold{mutex_};
        return station_.read(table, address, out);
    }
    ModbusException write(ModbusTable table, int address,
                          std::span<const std::uint16_t> values) override {
        const std::lock_guard hold{mutex_};
        return station_.write(table, address, values);
    }

private:
    Station& station_;
    std::mutex& mutex_;
};

/// Turns a poller until it is told to end.
class PollerThread {
public:
    explicit PollerThread(Poller& poller)
        : thread_{[this, &poller] {
              constexpr std::chrono::milliseconds look{20};
              while (!ended_) poller.step(look);
          }} {}
    ~PollerThread() {
        ended_ = true;
        thread_.join();
    }
    PollerThread(const PollerThread&) = delete;
    PollerThread& operator=(const PollerThread&) = delete;

private:
    std::atomic<bool> ended_{};
    std::thread thread_;
};

/// On a busy machine a thread comes late: that must neither end a frame nor make a reply missing.
/// The bench stands still meanwhile, so it costs wall time only, and only where bytes are missing.
constexpr SimTime lateBytes = 500ms, lateReply = 2s;

/// A line that works while the bench stands still.
class FrozenLine final : public Line {
public:
    FrozenLine(SerialLine& line, SimTime character, SimTime silence, SimTime replyDelay,
               Clock& bench, BenchLock& lock, const std::function<void(const WireFrame&)>& onFrame)
        : line_{line},
          character_{character},
          silence_{silence},
          replyDelay_{replyDelay},
          bench_{bench},
          lock_{lock},
          onFrame_{onFrame} {}

    std::vector<std::uint8_t> exchange(std::span<const std::uint8_t> request,
                                       SimTime timeout) override {
        auto reply = lock_.letGoWhile([&] { return line_.exchange(request, timeout + lateReply); });
        const SimTime start = bench_.now();
        const SimTime sent = start + character_ * static_cast<std::int64_t>(request.size());
        if (onFrame_) onFrame_({false, start, sent, {request.begin(), request.end()}});
        const SimTime answered = sent + silence_ + replyDelay_;
        const SimTime end = reply.empty()
                                ? sent + timeout
                                : answered + character_ * static_cast<std::int64_t>(reply.size());
        if (onFrame_ && !reply.empty()) onFrame_({true, answered, end, reply});
        static_cast<void>(bench_.waitUntil(end + silence_));
        return reply;
    }

private:
    SerialLine& line_;
    SimTime character_, silence_, replyDelay_;
    Clock& bench_;
    BenchLock& lock_;
    const std::function<void(const WireFrame&)>& onFrame_;
};

class PtyWire final : public RealWire {
public:
    PtyWire(PtyPair pair, const RealWire::Station& station, Clock& bench, BenchLock& lock)
        : kept_{std::move(pair.keptOpen)},
          device_{std::move(pair.device)},
          wanted_{station},
          bench_{bench},
          lock_{lock},
          guarded_{*station.station, lock.mutex()},
          port_{poller_, std::move(pair.far), {{station.unit, &guarded_}}, lateBytes} {
        port_.replyDelays[station.unit] = station.replyDelay;
    }
    Expected<void, IoError> start() {
        if (auto started = port_.start(); !started) return started;
        SerialLineSettings near;
        near.port = port_.port().settings();
        near.port.device = device_;
        near.adapterLatency = lateBytes;
        auto line = SerialLine::open(near);
        if (!line) return Unexpected<IoError>{line.error()};
        line_ = std::move(*line);
        frozen_.emplace(*line_, characterTime(near.port.baud, near.port.format),
                        frameSilence(near.port.baud, near.port.format), wanted_.replyDelay, bench_,
                        lock_, onFrame);
        client_.emplace(*frozen_, wanted_.unit, wanted_.replyTimeout);
        thread_.emplace(poller_);
        return {};
    }
    ModbusClient& client() override { return *client_; }

private:
    FileDescriptor kept_;
    std::string device_;
    RealWire::Station wanted_;
    Clock& bench_;
    BenchLock& lock_;
    Poller poller_;
    GuardedStation guarded_;
    RtuPort port_;
    std::unique_ptr<SerialLine> line_;
    std::optional<FrozenLine> frozen_;
    std::optional<RtuClient> client_;
    std::optional<PollerThread> thread_;  // last: ends before what it serves
};

/// On paper a transaction over TCP takes this long; what it takes by the clock decides nothing.
constexpr SimTime tcpTransaction = 1ms;

class TcpWire final : public RealWire, private ModbusClient {
public:
    TcpWire(const RealWire::Station& station, Clock& bench, BenchLock& lock)
        : guarded_{*station.station, lock.mutex()},
          wanted_{station},
          bench_{bench},
          lock_{lock},
          server_{poller_, {}} {}
    Expected<void, IoError> start() {
        TcpPortConfig config;
        config.stations = {{wanted_.unit, &guarded_}};
        const auto port = server_.listen(config);
        if (!port) return Unexpected<IoError>{port.error()};
        inner_.emplace("127.0.0.1", *port, wanted_.unit, wanted_.replyTimeout + lateReply);
        thread_.emplace(poller_);
        return {};
    }
    ModbusClient& client() override { return *this; }

private:
    template <class Ask>
    auto asked(const Ask& ask) {
        auto outcome = lock_.letGoWhile(ask);
        static_cast<void>(bench_.waitUntil(bench_.now() + tcpTransaction));
        return outcome;
    }
    Expected<std::vector<std::uint16_t>, IoError> read(int address, int count,
                                                       ModbusTable table) override {
        return asked([&] { return inner_->read(address, count, table); });
    }
    Expected<void, IoError> write(int address, std::span<const std::uint16_t> values) override {
        return asked([&] { return inner_->write(address, values); });
    }
    Expected<void, IoError> writeOne(int address, std::uint16_t value) override {
        return asked([&] { return inner_->writeOne(address, value); });
    }
    Expected<void, IoError> writeCoil(int address, bool on) override {
        return asked([&] { return inner_->writeCoil(address, on); });
    }
    std::uint64_t transactions() const override { return inner_->transactions(); }

    GuardedStation guarded_;
    RealWire::Station wanted_;
    Clock& bench_;
    BenchLock& lock_;
    Poller poller_;
    TcpServer server_;
    std::optional<TcpClient> inner_;
    std::optional<PollerThread> thread_;  // last: ends before what it serves
};

}  // namespace

Expected<std::unique_ptr<RealWire>, IoError> RealWire::pty(const Station& station, int baud,
                                                           CharacterFormat format, Clock& bench,
                                                           BenchLock& lock) {
    auto pair = PtyPair::open(baud, format);
    if (!pair) return Unexpected<IoError>{pair.error()};
    auto wire = std::make_unique<PtyWire>(std::move(*pair), station, bench, lock);
    if (auto started = wire->start(); !started) return Unexpected<IoError>{started.error()};
    return wire;
}

Expected<std::unique_ptr<RealWire>, IoError> RealWire::tcp(const Station& station, Clock& bench,
                                                           BenchLock& lock) {
    auto wire = std::make_unique<TcpWire>(station, bench, lock);
    if (auto started = wire->start(); !started) return Unexpected<IoError>{started.error()};
    return wire;
}

}  // namespace jh
