// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/conform/raw_modbus_client.h"

namespace jh {

namespace {

std::uint8_t high(int value) {
    return static_cast<std::uint8_t>(static_cast<unsigned>(value) >> 8U & 0xFFU);
}

std::uint8_t low(int value) {
    return static_cast<std::uint8_t>(static_cast<unsigned>(value) & 0xFFU);
}

Unexpected<IoError> failed(IoError::Kind kind, std::string text, int code = 0) {
    return Unexpected<IoError>{{kind, std::move(text), code}};
}

}  // namespace

Expected<RawModbusClient::Pdu, IoError> RawModbusClient::ask(const Pdu& pdu) {
    ++transactions_;
    const auto answers = client_.send({{SimTime{}, client_.frame(unit_, pdu)}}, 1);
    if (!answers) return Unexpected<IoError>{answers.error()};
    const RawAnswer& answer = answers->front();
    switch (answer.kind) {
        case RawAnswer::Kind::silence:
            return failed(IoError::Kind::timeout, "no answer");
        case RawAnswer::Kind::closed:
            return failed(IoError::Kind::disconnected, "the connection was closed");
        case RawAnswer::Kind::damaged:
            return failed(IoError::Kind::protocol, "a damaged reply");
        case RawAnswer::Kind::reply:
            break;
    }
    if (const int code = answer.exception(); code != 0) {
        return failed(IoError::Kind::exception, "exception " + std::to_string(code), code);
    }
    if (answer.pdu.empty() || answer.pdu.front() != pdu.front() || answer.unit != unit_) {
        return failed(IoError::Kind::protocol, "a reply to something else");
    }
    return answer.pdu;
}

Expected<void, IoError> RawModbusClient::tell(const Pdu& pdu) {
    if (const auto reply = ask(pdu); !reply) return Unexpected<IoError>{reply.error()};
    return {};
}

Expected<std::vector<std::uint16_t>, IoError> RawModbusClient::read(int address, int count,
                                                                    ModbusTable table) {
    const bool bits = table == ModbusTable::coils || table == ModbusTable::discreteInputs;
    const std::uint8_t function = table == ModbusTable::coils            ? 1
                                  : table == ModbusTable::discreteInputs ? 2
                                  : table == ModbusTable::inputRegisters ? 4
                                                                         : 3;
    const auto reply = ask({function, high(address), low(address), high(count), low(count)});
    if (!reply) return Unexpected<IoError>{reply.error()};
    const auto wanted = static_cast<std::size_t>(bits ? (count + 7) / 8 : 2 * count);
    if (reply->size() != wanted + 2 || (*reply)[1] != wanted) {
        return failed(IoError::Kind::protocol, "a reply of the wrong length");
    }
    std::vector<std::uint16_t> values;
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
        const auto& bytes = *reply;
        values.push_back(
            bits ? static_cast<std::uint16_t>((unsigned{bytes[2 + i / 8]} >> (i % 8)) & 1U)
                 : static_cast<std::uint16_t>(bytes[2 + 2 * i] << 8U | bytes[3 + 2 * i]));
    }
    return values;
}

Expected<void, IoError> RawModbusClient::write(int address, std::span<const std::uint16_t> values) {
    const int count = static_cast<int>(values.size());
    Pdu pdu{16, high(address), low(address), high(count), low(count), low(2 * count)};
    for (const std::uint16_t value : values) {
        pdu.push_back(high(value));
        pdu.push_back(low(value));
    }
    return tell(pdu);
}

Expected<void, IoError> RawModbusClient::writeOne(int address, std::uint16_t value) {
    return tell({6, high(address), low(address), high(value), low(value)});
}

Expected<void, IoError> RawModbusClient::writeCoil(int address, bool on) {
    return tell({5, high(address), low(address), static_cast<std::uint8_t>(on ? 0xFFU : 0U), 0});
}

}  // namespace jh
