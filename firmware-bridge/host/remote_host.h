// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "firmware-bridge/host/firmware_host.h"
#include "firmware-bridge/host/hosted_board.h"
#include "sim/base/expected.h"

namespace jh {

/// Lines to a host program and back.
class HostChannel {
public:
    virtual ~HostChannel() = default;
    HostChannel() = default;
    HostChannel(const HostChannel&) = delete;
    HostChannel& operator=(const HostChannel&) = delete;
    /// Whole lines with their ends. The error says why it cannot be reached.
    virtual Expected<void, std::string> send(std::string_view lines) = 0;
    /// The next line without its end; an error when the program has ended or is silent for long.
    virtual Expected<std::string, std::string> receive() = 0;
    /// From now on silence is no end, only when this says so; an empty one: as before.
    virtual void patientUntil(std::function<bool()> givenUp) { static_cast<void>(givenUp); }
};

/// What is to be run by a host program.
struct RemoteFirmware {
    std::string board;  ///< its lines (firmware-bridge/board/board.h)
    std::string image;  ///< path of the program
    std::vector<std::uint8_t> nonvolatile;
    SimTime byteTime{};
    bool survey{};    ///< it is to be watched: survey()
    bool coverage{};  ///< what it executes is to be noted: executed()
};

/// A firmware in another process. What is handed in waits until an answer is wanted and then goes
/// over in one block: at rest once a simulated second. When the process is lost nothing comes out
/// any more, and lost() says why.
class RemoteHost final : public FirmwareHost {
public:
    /// The error is what the host program says against the firmware.
    static Expected<std::unique_ptr<RemoteHost>, std::string> start(
        std::unique_ptr<HostChannel> channel, const RemoteFirmware& firmware);
    ~RemoteHost() override;

    void conversion(SimTime at, std::int64_t code) override;
    void receive(SimTime at, std::uint8_t byte) override;
    void powerOn(SimTime at) override;
    void powerOff(SimTime at) override;
    void press(SimTime at, const std::string& button, bool pressed);
    void runUntil(SimTime until) override;
    SimTime runUntilByte(SimTime limit) override;
    std::optional<TimedByte> takeTransmitted(SimTime by) override;
    SimTime byteTime() const override { return byteTime_; }
    std::optional<ExactMass> unrounded(MassUnit) const override { return std::nullopt; }
    std::optional<std::string> lost() const override { return lost_; }
    void hashInto(Hash& hash) override;

    /// Called with everything that came out; the time of a byte on its way out is still to come.
    std::function<void(const BoardEvent&)> onEvent;
    /// Called with everything that is handed in, by the words of its line.
    std::function<void(std::string_view word, SimTime at, std::string_view rest)> onOrder;
    /// Everything that happened until then has come out.
    SimTime reached() const { return sentTo_; }
    std::vector<std::uint8_t> nonvolatile();
    BoardFigures figures();
    BoardSurvey survey();
    /// Also of a firmware that is lost, as long as its host program is there.
    std::vector<AddressRange> executed();
    std::string whereabouts();
    /// Serves a debugger on this port until it lets go, where the firmware stands since it was last
    /// run: nothing comes out differently by that. Why there is none, or nothing.
    std::string debug(int port);
    /// Where it stands then.
    std::string whereNow() { return ask("where", "where"); }
    void patientUntil(std::function<bool()> givenUp) { channel_->patientUntil(std::move(givenUp)); }
    std::uint64_t exchanges() const { return exchanges_; }

private:
    RemoteHost(std::unique_ptr<HostChannel> channel, SimTime byteTime)
        : channel_{std::move(channel)}, byteTime_{byteTime} {}
    void queue(std::string_view word, SimTime at, std::string_view rest);
    void catchUp();
    SimTime run(SimTime until, bool stopAtByte);
    /// What follows `word` in the answer to `question`; empty when lost.
    std::string ask(const std::string& question, std::string_view word);
    void takeEvent(std::string_view line);
    void lose(const std::string& why);

    std::unique_ptr<HostChannel> channel_;
    SimTime byteTime_{}, now_{}, sentTo_{};
    std::string waiting_;
    std::vector<TimedByte> bytes_;
    std::size_t taken_{};
    BoardSurvey survey_;
    std::optional<std::string> lost_;
    bool deaf_{};  ///< nobody answers
    std::uint64_t exchanges_{};
};

}  // namespace jh
