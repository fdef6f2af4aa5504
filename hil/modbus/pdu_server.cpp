// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/pdu_server.h"

#include <modbus/modbus.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>

#include "hil/modbus/rtu_lengths.h"
#include "sim/base/check.h"

namespace jh {
namespace {

namespace fn = modbus_function;

constexpr std::size_t crcBytes = 2;
constexpr std::size_t rtuHeaderBytes = 1;
constexpr int addressSpace = 65536;
constexpr std::size_t fixedPduBytes = 5;   // function, address, quantity or value
constexpr std::size_t writeHeadBytes = 6;  // function, address, quantity, byte count

bool isRead(int function) {
    return function >= fn::readCoils && function <= fn::readInputRegisters;
}

bool isWrite(int function) {
    return function == fn::writeCoil || function == fn::writeRegister ||
           function == fn::writeCoils || function == fn::writeRegisters;
}

bool writesMany(int function) {
    return function == fn::writeCoils || function == fn::writeRegisters;
}

ModbusTable tableOf(int function) {
    switch (function) {
        case fn::readCoils:
        case fn::writeCoil:
        case fn::writeCoils:
            return ModbusTable::coils;
        case fn::readDiscreteInputs:
            return ModbusTable::discreteInputs;
        case fn::readInputRegisters:
            return ModbusTable::inputRegisters;
        default:
            return ModbusTable::holdingRegisters;
    }
}

bool holdsBits(ModbusTable table) {
    return table == ModbusTable::coils || table == ModbusTable::discreteInputs;
}

int wordAt(std::span<const std::uint8_t> pdu, std::size_t at) {
    return MODBUS_GET_INT16_FROM_INT8(pdu.data(), at);
}

int mostOf(int function, const Station& station) {
    switch (function) {
        case fn::readCoils:
        case fn::readDiscreteInputs:
            return MODBUS_MAX_READ_BITS;
        case fn::readHoldingRegisters:
        case fn::readInputRegisters:
            return std::min(station.mostRead(), MODBUS_MAX_READ_REGISTERS);
        case fn::writeCoils:
            return MODBUS_MAX_WRITE_BITS;
        case fn::writeRegisters:
            return std::min(station.mostWritten(), MODBUS_MAX_WRITE_REGISTERS);
        default:
            return 1;
    }
}

}  // namespace

struct PduServer::Request {
    std::span<const std::uint8_t> adu;
    std::span<const std::uint8_t> pdu;  ///< function and data
    int function{};
    bool broadcast{};

    ModbusTable table() const { return tableOf(function); }
    int address() const { return wordAt(pdu, 1); }
    int quantity() const { return isRead(function) || writesMany(function) ? wordAt(pdu, 3) : 1; }

    /// Whether lengths, counts and a coil's value are as the function says.
    bool wellFormed(const Station& station) const {
        if (pdu.size() < (writesMany(function) ? writeHeadBytes : fixedPduBytes)) return false;
        const int count = quantity();
        if (count < 1 || count > mostOf(function, station)) return false;
        if (function == fn::writeCoil && wordAt(pdu, 3) != 0x0000 && wordAt(pdu, 3) != 0xFF00) {
            return false;
        }
        if (!writesMany(function)) return pdu.size() == fixedPduBytes;
        const int byteCount = function == fn::writeCoils ? (count + 7) / 8 : 2 * count;
        return pdu[5] == byteCount &&
               pdu.size() == writeHeadBytes + static_cast<std::size_t>(byteCount);
    }
};

struct PduServer::Verdict {
    ModbusException exception{};
    bool silent{};
};

// One context of libmodbus, whose socket is the client's or one end of a pair that is read back.
struct PduServer::Context {
    modbus_t* modbus{};
    std::array<int, 2> pair{-1, -1};

    explicit Context(AduFraming framing) {
        // Datagrams: one write of libmodbus is one reply.
        JH_CHECK(socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair.data()) ==
                 0);
        modbus = framing == AduFraming::mbap ? modbus_new_tcp("127.0.0.1", 0)
                                             : modbus_new_rtu("/dev/null", 9600, 'N', 8, 1);
        JH_CHECK(modbus != nullptr);
        // It would sleep for this time, 500 ms by default, on requests it does not like.
        JH_CHECK(modbus_set_response_timeout(modbus, 0, 1) == 0);
        JH_CHECK(modbus_set_error_recovery(modbus, MODBUS_ERROR_RECOVERY_NONE) == 0);
    }
    ~Context() {
        modbus_set_socket(modbus, -1);
        modbus_free(modbus);
        close(pair[0]);
        close(pair[1]);
    }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
};

PduServer::PduServer(AduFraming framing)
    : framing_{framing}, context_{std::make_unique<Context>(framing)} {}

PduServer::~PduServer() = default;

PduAnswer PduServer::answer(std::span<const std::uint8_t> request, Station& station,
                            Access access) {
    return readBack(answerTo(context_->pair[0], request, station, access));
}

PduAnswer PduServer::answerTo(int socket, std::span<const std::uint8_t> request, Station& station,
                              Access access) {
    // libmodbus writes RTU replies with write(), at which a closed TCP socket raises SIGPIPE.
    JH_CHECK(framing_ == AduFraming::mbap || socket == context_->pair[0]);
    if (!complete(request)) return {};
    const Request parsed = parse(request);
    return reply(socket, parsed, judge(parsed, station, access));
}

PduAnswer PduServer::refuse(std::span<const std::uint8_t> request, ModbusException exception) {
    return readBack(refuseTo(context_->pair[0], request, exception));
}

PduAnswer PduServer::refuseTo(int socket, std::span<const std::uint8_t> request,
                              ModbusException exception) {
    JH_CHECK(framing_ == AduFraming::mbap || socket == context_->pair[0]);
    if (!complete(request)) return {};
    return reply(socket, parse(request), {exception, false});
}

/// Without a function there is nothing to answer.
bool PduServer::complete(std::span<const std::uint8_t> request) const {
    if (framing_ == AduFraming::rtu) {
        return request.size() >= leastRtuBytes && request.size() <= mostRtuBytes;
    }
    return request.size() > mbapHeaderBytes && request.size() <= mostMbapBytes;
}

PduServer::Request PduServer::parse(std::span<const std::uint8_t> request) const {
    const bool serial = framing_ == AduFraming::rtu;
    const std::size_t header = serial ? rtuHeaderBytes : mbapHeaderBytes;
    const std::size_t tail = serial ? crcBytes : 0;
    return {request, request.subspan(header, request.size() - header - tail), request[header],
            serial && request[0] == MODBUS_BROADCAST_ADDRESS};
}

PduServer::Verdict PduServer::judge(const Request& request, Station& station, Access access) {
    const int function = request.function;
    if (station.silent()) return {{}, true};
    // A reply with our own address on a serial line is an echo; an answer to it would come back
    // too.
    if (function >= 0x80) return {ModbusException::function, framing_ == AduFraming::rtu};
    const bool known = (isRead(function) || isWrite(function)) &&
                       station.speaks(static_cast<std::uint8_t>(function));
    if (!known) return {ModbusException::function, station.silentOnUnknownFunction()};
    if (isWrite(function) && access == Access::readOnly) return {ModbusException::function, false};
    if (!request.wellFormed(station)) return {ModbusException::value, false};
    if (request.address() + request.quantity() > addressSpace) {
        return {ModbusException::address, false};
    }
    if (isWrite(function)) return {write(request, station), false};
    if (request.broadcast) return {};  // nobody would hear what is read
    return {read(request, station), false};
}

ModbusException PduServer::read(const Request& request, Station& station) {
    const auto count = static_cast<std::size_t>(request.quantity());
    const auto values = std::span{values_}.first(count);
    const ModbusException exception = station.read(request.table(), request.address(), values);
    if (holdsBits(request.table())) {
        std::transform(values.begin(), values.end(), bits_.begin(),
                       [](std::uint16_t value) { return value != 0 ? ON : OFF; });
    }
    return exception;
}

ModbusException PduServer::write(const Request& request, Station& station) {
    const auto count = static_cast<std::size_t>(request.quantity());
    const auto values = std::span{values_}.first(count);
    if (request.function == fn::writeCoils) {
        modbus_set_bits_from_bytes(bits_.data(), 0, static_cast<unsigned>(count),
                                   &request.pdu[writeHeadBytes]);
        std::copy_n(bits_.begin(), count, values.begin());
    } else if (request.function == fn::writeCoil) {
        values[0] = wordAt(request.pdu, 3) != 0 ? ON : OFF;
    } else {
        const std::size_t first = request.function == fn::writeRegister ? 3 : writeHeadBytes;
        for (std::size_t i = 0; i < count; ++i) {
            values[i] = static_cast<std::uint16_t>(wordAt(request.pdu, first + 2 * i));
        }
    }
    return station.write(request.table(), request.address(), values);
}

PduAnswer PduServer::reply(int socket, const Request& request, const Verdict& verdict) {
    PduAnswer answer{!verdict.silent && !request.broadcast, true, verdict.exception, {}};
    if (!answer.answered) return answer;
    modbus_set_socket(context_->modbus, socket);
    if (verdict.exception != ModbusException::none) {
        const auto code = static_cast<unsigned>(verdict.exception);
        JH_CHECK(code < MODBUS_EXCEPTION_MAX);
        // libmodbus looks at header and function only, and adds 80 to the function.
        std::array<std::uint8_t, mbapHeaderBytes + 1> head{};
        const std::size_t header = framing_ == AduFraming::rtu ? rtuHeaderBytes : mbapHeaderBytes;
        std::copy_n(request.adu.begin(), header, head.begin());
        head[header] = static_cast<std::uint8_t>(request.function & 0x7F);
        answer.whole = modbus_reply_exception(context_->modbus, head.data(), code) > 0;
        return answer;
    }
    // A map of exactly what was asked for.
    modbus_mapping_t map{};
    const int count = request.quantity();
    const int start = request.address();
    map.start_bits = map.start_input_bits = start;
    map.start_registers = map.start_input_registers = start;
    map.tab_bits = map.tab_input_bits = bits_.data();
    map.tab_registers = map.tab_input_registers = values_.data();
    const bool bits = holdsBits(request.table());
    map.nb_bits = map.nb_input_bits = bits ? count : 0;
    map.nb_registers = map.nb_input_registers = bits ? 0 : count;
    answer.whole = modbus_reply(context_->modbus, request.adu.data(),
                                static_cast<int>(request.adu.size()), &map) > 0;
    return answer;
}

PduAnswer PduServer::readBack(PduAnswer answer) {
    if (!answer.answered) return answer;
    JH_CHECK(answer.whole);
    const ssize_t length = recv(context_->pair[1], reply_.data(), reply_.size(), 0);
    JH_CHECK(length > 0);
    answer.adu = std::span{reply_}.first(static_cast<std::size_t>(length));
    return answer;
}

}  // namespace jh
