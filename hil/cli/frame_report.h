// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdio>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "hil/indicator/frame_words.h"
#include "hil/modbus/pcap_file.h"

namespace jh {

/// A frame on a wire, for people who watch.
struct WatchedFrame {
    enum class Kind { request, reply, damaged, noise };
    Kind kind{};
    SimTime begin{}, end{};      ///< of the steady clock
    std::uint64_t connection{};  ///< of TCP; 0: a serial line
    std::uint16_t port{};        ///< of TCP, the server's
    bool fromClient{};           ///< of TCP
    std::span<const std::uint8_t> adu;
    int unit{};
    std::span<const std::uint8_t> pdu;
    std::span<const std::uint8_t> asked;  ///< PDU of the request to a reply; empty: not heard
};

/// Names of registers for each unit id.
class ProfileNames {
public:
    /// A single profile holds for all units.
    void add(int unit, const IndicatorProfile& profile);
    FrameWords& of(int unit);

private:
    std::map<int, FrameWords> byUnit_;
    std::map<int, FrameWords> others_;
    const IndicatorProfile* only_{};
    int profiles_{};
};

/// Writes each frame as a line, as a row and into a capture.
class FrameReport {
public:
    /// `character`: time of one on a serial line; 0 on TCP, where gaps have no characters.
    FrameReport(ProfileNames names, SimTime character);
    /// Messages when a file cannot be opened.
    std::string writeCsv(const std::string& file);
    std::string writePcap(const std::string& file);
    bool quiet{};

    void add(const WatchedFrame& frame);
    void closed(std::uint64_t connection);
    std::uint64_t frames() const { return frames_; }
    /// What was seen, in one line.
    std::string sums() const;
    /// A message when something could not be written.
    std::string problem();

private:
    struct Closing {
        void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
    };
    std::string textOf(const WatchedFrame& frame);
    void count(const WatchedFrame& frame);
    SimTime gapBefore(const WatchedFrame& frame);
    SimTime since1970(SimTime steady) const { return steady + offset_; }

    ProfileNames names_;
    SimTime character_, offset_;
    std::map<std::uint64_t, SimTime> lastEnds_;  ///< by connection
    std::unique_ptr<std::FILE, Closing> csv_;
    std::string csvName_;
    std::unique_ptr<PcapFile> pcap_;
    std::uint64_t frames_{}, requests_{}, replies_{}, exceptions_{}, damaged_{}, noiseBytes_{};
    SimTime shortestGap_{SimTime::max()};
};

}  // namespace jh
