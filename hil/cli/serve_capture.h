// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <string>

#include "hil/modbus/pcap_file.h"
#include "hil/modbus/rtu_dialogue.h"
#include "hil/modbus/rtu_port.h"
#include "hil/modbus/tcp_server.h"

namespace jh {

/// Every frame that is served, in a file for Wireshark.
class ServeCapture {
public:
    /// A message when the file cannot be opened.
    std::string open(const std::string& file);
    bool wanted() const { return file_ != nullptr; }
    /// From now on; this must outlive the one watched.
    void watch(TcpServer& server);
    void watch(RtuPort& port);
    /// A message when something could not be written.
    std::string problem();
    std::uint64_t frames() const { return file_ ? file_->frames() : 0; }

private:
    std::unique_ptr<PcapFile> file_;
    std::map<const RtuPort*, RtuDialogue> dialogues_;
};

}  // namespace jh
