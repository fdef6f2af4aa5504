// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/pcap_file.h"

#include <cerrno>
#include <cstring>
#include <string_view>

namespace jh {
namespace {

using Bytes = std::vector<std::uint8_t>;

// Blocks and options of pcapng, and link types of tcpdump.org.
constexpr std::uint32_t sectionHeader = 0x0A0D0D0A, interfaceDescription = 1, enhancedPacket = 6;
constexpr std::uint16_t optionComment = 1, optionName = 2, optionResolution = 9;
constexpr std::uint16_t linkRawIp = 101, linkUpperPdu = 252;
constexpr std::uint32_t ipInterface = 0, serialInterface = 1;
// Tags of Wireshark's exported PDUs (epan/exported_pdu.h).
constexpr std::uint16_t tagDissector = 12, tagFrom = 20, tagTo = 21;
constexpr std::uint8_t finish = 0x01, synchronize = 0x02, push = 0x08, acknowledge = 0x10;
constexpr std::uint16_t modbusPort = 502, firstClientPort = 1024;
constexpr std::uint64_t clientPorts = 64'000;

/// Little-endian, as the section header says.
void put16(Bytes& to, std::uint16_t v) {
    to.push_back(static_cast<std::uint8_t>(v));
    to.push_back(static_cast<std::uint8_t>(v >> 8));
}
void put32(Bytes& to, std::uint32_t v) {
    put16(to, static_cast<std::uint16_t>(v));
    put16(to, static_cast<std::uint16_t>(v >> 16));
}
/// As in the headers of IP.
void net16(Bytes& to, std::uint16_t v) {
    to.push_back(static_cast<std::uint8_t>(v >> 8));
    to.push_back(static_cast<std::uint8_t>(v));
}
void net32(Bytes& to, std::uint32_t v) {
    net16(to, static_cast<std::uint16_t>(v >> 16));
    net16(to, static_cast<std::uint16_t>(v));
}
void pad(Bytes& to) {
    while (to.size() % 4 != 0) to.push_back(0);
}

void option(Bytes& to, std::uint16_t code, std::string_view value) {
    put16(to, code);
    put16(to, static_cast<std::uint16_t>(value.size()));
    to.insert(to.end(), value.begin(), value.end());
    pad(to);
}

void tag(Bytes& to, std::uint16_t code, Bytes value) {
    pad(value);
    net16(to, code);
    net16(to, static_cast<std::uint16_t>(value.size()));
    to.insert(to.end(), value.begin(), value.end());
}

Bytes interfaceOf(std::uint16_t link, std::string_view name) {
    constexpr std::string_view nanoseconds{"\x09", 1};
    Bytes body;
    put16(body, link);
    put16(body, 0);
    put32(body, 0);  // no limit of length
    option(body, optionName, name);
    option(body, optionResolution, nanoseconds);
    put32(body, 0);  // end of options
    return body;
}

/// Ones' complement sum of 16-bit words (RFC 1071).
std::uint16_t checksum(std::span<const std::uint8_t> bytes, std::uint32_t sum = 0) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        sum += static_cast<std::uint32_t>(bytes[i]) << (i % 2 == 0 ? 8 : 0);
    }
    while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
    return static_cast<std::uint16_t>(~sum);
}

void set16(Bytes& in, std::size_t at, std::uint16_t v) {
    in[at] = static_cast<std::uint8_t>(v >> 8);
    in[at + 1] = static_cast<std::uint8_t>(v);
}

}  // namespace

Expected<PcapFile, IoError> PcapFile::create(const std::string& path) {
    std::FILE* file = std::fopen(path.c_str(), "wb");
    if (file == nullptr) {
        return Unexpected<IoError>{{IoError::Kind::refused, path + ": " + std::strerror(errno)}};
    }
    return PcapFile{path, file};
}

PcapFile::PcapFile(std::string path, std::FILE* file) : path_{std::move(path)}, file_{file} {
    Bytes head;
    put32(head, 0x1A2B3C4D);                           // tells the order of bytes
    put16(head, 1), put16(head, 0);                    // version
    put32(head, 0xFFFFFFFF), put32(head, 0xFFFFFFFF);  // length of the section: not told
    block(sectionHeader, head);
    block(interfaceDescription, interfaceOf(linkRawIp, "Modbus TCP"));
    block(interfaceDescription, interfaceOf(linkUpperPdu, "Modbus RTU"));
}

void PcapFile::block(std::uint32_t type, const Bytes& body) {
    Bytes whole;
    const auto length = static_cast<std::uint32_t>(body.size() + 12);
    put32(whole, type), put32(whole, length);
    whole.insert(whole.end(), body.begin(), body.end());
    put32(whole, length);
    // At once: whoever ends the program finds all frames in the file.
    const bool done = std::fwrite(whole.data(), 1, whole.size(), file_.get()) == whole.size() &&
                      std::fflush(file_.get()) == 0;
    if (!done && error_ == 0) error_ = errno;
}

void PcapFile::packet(std::uint32_t interface, SimTime at, const Bytes& bytes,
                      const std::string& comment) {
    const auto time = static_cast<std::uint64_t>(at.count());
    Bytes body;
    put32(body, interface);
    put32(body, static_cast<std::uint32_t>(time >> 32));
    put32(body, static_cast<std::uint32_t>(time));
    put32(body, static_cast<std::uint32_t>(bytes.size()));
    put32(body, static_cast<std::uint32_t>(bytes.size()));
    body.insert(body.end(), bytes.begin(), bytes.end());
    pad(body);
    if (!comment.empty()) {
        option(body, optionComment, comment);
        put32(body, 0);
    }
    block(enhancedPacket, body);
    ++frames_;
}

void PcapFile::addSerial(SimTime at, bool request, bool whole, std::span<const std::uint8_t> frame,
                         const std::string& comment) {
    const std::string_view dissector = whole ? "mbrtu" : "data";
    const Bytes master{10, 0, 1, 0};
    const Bytes station{10, 0, 0, frame.empty() ? std::uint8_t{} : frame[0]};
    Bytes bytes;
    tag(bytes, tagDissector, {dissector.begin(), dissector.end()});
    if (whole) {
        tag(bytes, tagFrom, request ? master : station);
        tag(bytes, tagTo, request ? station : master);
    }
    tag(bytes, 0, {});
    bytes.insert(bytes.end(), frame.begin(), frame.end());
    packet(serialInterface, at, bytes, comment);
}

void PcapFile::segment(SimTime at, std::uint64_t number, Conversation& c, bool request,
                       std::uint8_t flags, std::span<const std::uint8_t> bytes,
                       const std::string& comment) {
    constexpr std::size_t ipHeader = 20, tcpHeader = 20, ipChecksum = 10, tcpChecksum = 36;
    constexpr std::uint8_t tcp = 6, hops = 64;
    const std::uint32_t client = 0x7F000001, server = 0x7F010000U | c.port;
    const auto clientPort = static_cast<std::uint16_t>(firstClientPort + number % clientPorts);
    std::uint32_t& next = request ? c.fromClient : c.fromServer;
    Bytes ip{0x45, 0};
    net16(ip, static_cast<std::uint16_t>(ipHeader + tcpHeader + bytes.size()));
    net32(ip, 0x4000);  // not to be cut
    ip.push_back(hops), ip.push_back(tcp), net16(ip, 0);
    net32(ip, request ? client : server);
    net32(ip, request ? server : client);
    set16(ip, ipChecksum, checksum(ip));
    net16(ip, request ? clientPort : modbusPort);
    net16(ip, request ? modbusPort : clientPort);
    net32(ip, next);
    net32(ip, (flags & acknowledge) == 0 ? 0 : request ? c.fromServer : c.fromClient);
    ip.push_back(tcpHeader / 4 << 4), ip.push_back(flags);
    net16(ip, 0xFFFF);  // window
    net32(ip, 0);       // checksum, urgent pointer
    ip.insert(ip.end(), bytes.begin(), bytes.end());
    // The pseudo header: both addresses, protocol, length.
    const std::uint32_t pseudo = tcp + static_cast<std::uint32_t>(tcpHeader + bytes.size());
    set16(ip, tcpChecksum, checksum(std::span{ip}.subspan(ipHeader - 8), pseudo));
    next += static_cast<std::uint32_t>(bytes.size());
    if ((flags & (finish | synchronize)) != 0) ++next;
    packet(ipInterface, at, ip, comment);
}

void PcapFile::addTcp(SimTime at, std::uint64_t connection, std::uint16_t port, bool request,
                      std::span<const std::uint8_t> bytes, const std::string& comment) {
    const auto [found, isNew] = conversations_.try_emplace(connection);
    Conversation& c = found->second;
    if (isNew) {
        c.port = port;
        segment(at, connection, c, true, synchronize, {});
        segment(at, connection, c, false, synchronize | acknowledge, {});
        segment(at, connection, c, true, acknowledge, {});
    }
    segment(at, connection, c, request, push | acknowledge, bytes, comment);
}

void PcapFile::closeTcp(SimTime at, std::uint64_t connection) {
    const auto found = conversations_.find(connection);
    if (found == conversations_.end()) return;
    segment(at, connection, found->second, true, finish | acknowledge, {});
    segment(at, connection, found->second, false, finish | acknowledge, {});
    segment(at, connection, found->second, true, acknowledge, {});
    conversations_.erase(found);
}

Expected<void, IoError> PcapFile::written() {
    if (error_ == 0) return {};
    return Unexpected<IoError>{{IoError::Kind::refused, path_ + ": " + std::strerror(error_)}};
}

}  // namespace jh
