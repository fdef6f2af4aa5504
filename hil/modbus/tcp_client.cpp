// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/tcp_client.h"

#include <cerrno>

#include "hil/modbus/modbus_calls.h"
#include "sim/base/check.h"

namespace jh {

struct TcpClient::Context {
    modbus_t* modbus{};
    Context(const std::string& host, int port, int unit, SimTime timeout)
        : modbus{modbus_new_tcp(host.c_str(), port)} {
        JH_CHECK(modbus != nullptr);
        JH_CHECK(modbus_set_slave(modbus, unit) == 0);
        const auto us = static_cast<std::uint32_t>(timeout / 1us);
        constexpr std::uint32_t million = 1'000'000;
        JH_CHECK(modbus_set_response_timeout(modbus, us / million, us % million) == 0);
        JH_CHECK(modbus_set_error_recovery(modbus, MODBUS_ERROR_RECOVERY_NONE) == 0);
    }
    ~Context() {
        modbus_close(modbus);
        modbus_free(modbus);
    }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
};

TcpClient::TcpClient(const std::string& host, int port, int unit, SimTime replyTimeout)
    : context_{std::make_unique<Context>(host, port, unit, replyTimeout)},
      place_{host + ":" + std::to_string(port)} {}

TcpClient::~TcpClient() = default;

Expected<void, IoError> TcpClient::connect() {
    if (connected_) return {};
    if (modbus_connect(context_->modbus) == 0) {
        connected_ = true;
        return {};
    }
    const int error = errno;
    std::string text = place_ + ": " + modbus_strerror(error);
    if (error == ECONNREFUSED) text += "; is the device on, and is this its port?";
    if (error == EINPROGRESS || error == ETIMEDOUT) {
        text = place_ + ": no connection; is this its address, and are cable and network right?";
    }
    return Unexpected<IoError>{{IoError::Kind::disconnected, text}};
}

template <class T>
Expected<T, IoError> TcpClient::finished(Expected<T, IoError> outcome) {
    if (!outcome && outcome.error().kind != IoError::Kind::exception) {
        modbus_close(context_->modbus);
        connected_ = false;
    }
    return outcome;
}

Expected<std::vector<std::uint16_t>, IoError> TcpClient::read(int address, int count,
                                                              ModbusTable table) {
    if (auto up = connect(); !up) return Unexpected<IoError>{up.error()};
    ++transactions_;
    return finished(readTable(context_->modbus, table, address, count));
}

Expected<void, IoError> TcpClient::write(int address, std::span<const std::uint16_t> values) {
    if (auto up = connect(); !up) return up;
    ++transactions_;
    return finished(writeRegisters(context_->modbus, address, values));
}

Expected<void, IoError> TcpClient::writeOne(int address, std::uint16_t value) {
    if (auto up = connect(); !up) return up;
    ++transactions_;
    return finished(writeRegister(context_->modbus, address, value));
}

Expected<void, IoError> TcpClient::writeCoil(int address, bool on) {
    if (auto up = connect(); !up) return up;
    ++transactions_;
    return finished(jh::writeCoil(context_->modbus, address, on));
}

}  // namespace jh
