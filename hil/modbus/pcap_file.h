// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "hil/port/io_error.h"
#include "sim/base/expected.h"
#include "sim/base/sim_time.h"

namespace jh {

/// Frames in a file that Wireshark opens and dissects without options (pcapng, draft-ietf-opsawg
/// 2023). Times count from 1970. Frames of Modbus TCP get IP and TCP around them, made up but
/// consistent: port 502, whatever the real one was; the server's address holds the real port p as
/// 127.1.(p / 256).(p % 256), the client's port is 1024 + the connection's number. Frames of serial
/// lines are handed to Wireshark's dissector for RTU by name; 10.0.0.N stands for station N,
/// 10.0.1.0 for who asks.
class PcapFile {
public:
    [[nodiscard]] static Expected<PcapFile, IoError> create(const std::string& path);

    /// A frame of a serial line, CRC included. `whole`: its CRC is right; else only bytes are
    /// shown.
    void addSerial(SimTime at, bool request, bool whole, std::span<const std::uint8_t> frame,
                   const std::string& comment = {});
    /// Bytes of a TCP connection, which is opened when it was not.
    void addTcp(SimTime at, std::uint64_t connection, std::uint16_t port, bool request,
                std::span<const std::uint8_t> bytes, const std::string& comment = {});
    void closeTcp(SimTime at, std::uint64_t connection);

    std::uint64_t frames() const { return frames_; }
    /// Nothing when all that was added is in the file.
    [[nodiscard]] Expected<void, IoError> written();

private:
    using Bytes = std::vector<std::uint8_t>;
    struct Closing {
        void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
    };
    struct Conversation {
        std::uint16_t port{};                        ///< the server's real one
        std::uint32_t fromClient{1}, fromServer{1};  ///< next sequence numbers
    };

    PcapFile(std::string path, std::FILE* file);
    void block(std::uint32_t type, const Bytes& body);
    void packet(std::uint32_t interface, SimTime at, const Bytes& bytes,
                const std::string& comment);
    void segment(SimTime at, std::uint64_t number, Conversation& c, bool request,
                 std::uint8_t flags, std::span<const std::uint8_t> bytes,
                 const std::string& comment = {});

    std::string path_;
    std::unique_ptr<std::FILE, Closing> file_;
    int error_{};
    std::uint64_t frames_{};
    std::map<std::uint64_t, Conversation> conversations_;
};

}  // namespace jh
