// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/rtu_client.h"

#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "hil/modbus/modbus_calls.h"
#include "sim/base/check.h"

namespace jh {

// libmodbus writes to one end of a socket pair and waits at it. Its RTS hook is called before and
// after the write: the second call lies between sending and waiting, so there the bytes are taken
// from the other end, carried by the Line, and the reply is laid into the socket before libmodbus
// looks for it. Found by reading the documented behaviour of modbus_rtu_set_custom_rts and trying.
struct RtuClient::Session {
    Line& line;
    SimTime replyTimeout;
    modbus_t* context{};
    std::array<int, 2> sockets{-1, -1};
    bool raised{};  // between the two calls of the hook
    std::uint64_t transactions{};

    // The hook has no argument for us: the session in a transaction on this thread.
    static thread_local Session* current;

    Session(Line& carrier, int station, SimTime timeout) : line{carrier}, replyTimeout{timeout} {
        JH_CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0,
                            sockets.data()) == 0);
        // At a true baud rate libmodbus sleeps on the wall clock for the time of the bytes.
        context = modbus_new_rtu("/dev/null", 1'000'000'000, 'N', 8, 2);
        JH_CHECK(context != nullptr);
        JH_CHECK(modbus_set_slave(context, station) == 0);
        JH_CHECK(modbus_set_socket(context, sockets[0]) == 0);
        JH_CHECK(modbus_rtu_set_custom_rts(context, &Session::hook) == 0);
        current = this;
        JH_CHECK(modbus_rtu_set_rts(context, MODBUS_RTU_RTS_UP) == 0);
        JH_CHECK(modbus_rtu_set_rts_delay(context, 0) == 0);
        JH_CHECK(modbus_set_response_timeout(context, 0, 1) == 0);
        JH_CHECK(modbus_set_byte_timeout(context, 0, 1) == 0);
        JH_CHECK(modbus_set_error_recovery(context, MODBUS_ERROR_RECOVERY_NONE) == 0);
        raised = false;
        // select() with a time-out of 1 us would be rounded up to 50 us by the default slack.
        prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
    }
    ~Session() {
        modbus_set_socket(context, -1);
        modbus_free(context);
        close(sockets[0]);
        close(sockets[1]);
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    static void hook(modbus_t*, int) {
        current->raised = !current->raised;
        if (!current->raised) current->carry();
    }

    void carry() {
        std::array<std::uint8_t, MODBUS_RTU_MAX_ADU_LENGTH> request{};
        const ssize_t length = ::read(sockets[1], request.data(), request.size());
        if (length <= 0) return;
        const auto reply =
            line.exchange({request.data(), static_cast<std::size_t>(length)}, replyTimeout);
        if (reply.empty()) return;
        const ssize_t written = ::write(sockets[1], reply.data(), reply.size());
        JH_CHECK(written == static_cast<ssize_t>(reply.size()));
    }

    /// Whatever a broken reply left behind must not be taken for the next one.
    void begin() {
        std::array<std::uint8_t, 512> rest{};
        while (::read(sockets[0], rest.data(), rest.size()) > 0) {
        }
        current = this;
        raised = false;
        ++transactions;
    }
};

thread_local RtuClient::Session* RtuClient::Session::current = nullptr;

RtuClient::RtuClient(Line& line, int station, SimTime replyTimeout)
    : session_{std::make_unique<Session>(line, station, replyTimeout)} {}

RtuClient::~RtuClient() = default;

Expected<std::vector<std::uint16_t>, IoError> RtuClient::read(int address, int count,
                                                              ModbusTable table) {
    session_->begin();
    return readTable(session_->context, table, address, count);
}

Expected<void, IoError> RtuClient::write(int address, std::span<const std::uint16_t> values) {
    session_->begin();
    return writeRegisters(session_->context, address, values);
}

Expected<void, IoError> RtuClient::writeOne(int address, std::uint16_t value) {
    session_->begin();
    return writeRegister(session_->context, address, value);
}

Expected<void, IoError> RtuClient::writeCoil(int address, bool on) {
    session_->begin();
    return jh::writeCoil(session_->context, address, on);
}

std::uint64_t RtuClient::transactions() const {
    return session_->transactions;
}

}  // namespace jh
