// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/frame_report.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <iterator>

#include "hil/modbus/modbus_words.h"

namespace jh {

namespace {

constexpr std::uint8_t exceptionBit = 0x80;

bool isException(const WatchedFrame& frame) {
    return frame.kind == WatchedFrame::Kind::reply && !frame.pdu.empty() &&
           (frame.pdu[0] & exceptionBit) != 0;
}

std::string hexOf(std::span<const std::uint8_t> bytes) {
    std::string hex;
    for (const std::uint8_t byte : bytes) {
        fmt::format_to(std::back_inserter(hex), "{}{:02X}", hex.empty() ? "" : " ", byte);
    }
    return hex;
}

const char* kindOf(const WatchedFrame& frame) {
    if (isException(frame)) return "exception";
    constexpr const char* names[] = {"request", "reply", "damaged", "noise"};
    if (frame.kind == WatchedFrame::Kind::reply && frame.asked.empty()) return "unasked";
    return names[static_cast<int>(frame.kind)];
}

std::string clockText(SimTime since1970) {
    const auto whole = std::chrono::floor<std::chrono::seconds>(since1970);
    return fmt::format("{:%H:%M:%S}.{:06}", fmt::localtime(static_cast<time_t>(whole.count())),
                       (since1970 - whole) / 1us);
}

std::string quoted(std::string text) {
    for (auto at = text.find('"'); at != std::string::npos; at = text.find('"', at + 2)) {
        text.insert(at, 1, '"');
    }
    return '"' + text + '"';
}

}  // namespace

void ProfileNames::add(int unit, const IndicatorProfile& profile) {
    byUnit_.insert_or_assign(unit, FrameWords{&profile});
    only_ = ++profiles_ == 1 ? &profile : nullptr;
}

FrameWords& ProfileNames::of(int unit) {
    if (const auto found = byUnit_.find(unit); found != byUnit_.end()) return found->second;
    return others_.try_emplace(unit, only_).first->second;
}

FrameReport::FrameReport(ProfileNames names, SimTime character)
    : names_{std::move(names)},
      character_{character},
      offset_{std::chrono::system_clock::now().time_since_epoch() -
              std::chrono::steady_clock::now().time_since_epoch()} {}

std::string FrameReport::writeCsv(const std::string& file) {
    csvName_ = file;
    csv_.reset(std::fopen(file.c_str(), "wb"));
    if (!csv_) return file + ": " + std::strerror(errno);
    fmt::print(csv_.get(),
               "time_s,gap_ms,gap_characters,connection,kind,unit,function,text,bytes\n");
    return {};
}

std::string FrameReport::writePcap(const std::string& file) {
    auto made = PcapFile::create(file);
    if (!made) return made.error().text;
    pcap_ = std::make_unique<PcapFile>(std::move(*made));
    return {};
}

SimTime FrameReport::gapBefore(const WatchedFrame& frame) {
    const auto [last, isFirst] = lastEnds_.try_emplace(frame.connection, frame.begin);
    const SimTime gap = frame.begin - last->second;
    last->second = frame.end;
    if (!isFirst) shortestGap_ = std::min(shortestGap_, gap);
    return std::max(gap, SimTime{});
}

std::string FrameReport::textOf(const WatchedFrame& frame) {
    using Kind = WatchedFrame::Kind;
    switch (frame.kind) {
        case Kind::request:
            return names_.of(frame.unit).request(frame.pdu) +
                   (frame.unit == 0 && frame.connection == 0 ? " (broadcast)" : "");
        case Kind::reply:
            return names_.of(frame.unit).reply(frame.pdu, frame.asked);
        case Kind::damaged:
            return (frame.connection == 0 ? "wrong CRC: " : "no Modbus TCP: ") + hexOf(frame.adu);
        default:
            return "noise: " + hexOf(frame.adu);
    }
}

void FrameReport::count(const WatchedFrame& frame) {
    using Kind = WatchedFrame::Kind;
    ++frames_;
    if (frame.kind == Kind::request) ++requests_;
    if (frame.kind == Kind::reply) ++replies_;
    if (isException(frame)) ++exceptions_;
    if (frame.kind == Kind::damaged) ++damaged_;
    if (frame.kind == Kind::noise) noiseBytes_ += frame.adu.size();
}

void FrameReport::add(const WatchedFrame& frame) {
    using Kind = WatchedFrame::Kind;
    const double gap_ms = seconds(gapBefore(frame)) * 1000.0;
    const double characters =
        character_ > SimTime{} ? gap_ms / (seconds(character_) * 1000.0) : 0.0;
    const std::string text = textOf(frame);
    const bool whole = frame.kind == Kind::request || frame.kind == Kind::reply;
    count(frame);
    const SimTime time = since1970(frame.begin);
    const std::string gapCharacters =
        character_ > SimTime{} ? fmt::format("{:.1f}", characters) : std::string{};
    if (!quiet) {
        const char* arrow = frame.kind == Kind::request ? ">"
                            : frame.kind == Kind::reply ? "<"
                                                        : "!";
        const std::string who = whole ? fmt::format("{:3}", frame.unit) : "   ";
        const std::string connection =
            frame.connection == 0 ? "" : fmt::format("#{} ", frame.connection);
        fmt::print("{} {:10.3f} {:>7} {}{} {}  {}\n", clockText(time), gap_ms, gapCharacters,
                   connection, arrow, who, text);
        static_cast<void>(std::fflush(stdout));
    }
    if (csv_) {
        const std::string unit = whole ? std::to_string(frame.unit) : "";
        const int function = frame.pdu.empty() ? 0 : frame.pdu[0] & ~exceptionBit;
        fmt::print(csv_.get(), "{}.{:06},{:.3f},{},{},{},{},{},{},{}\n", time / 1s, time % 1s / 1us,
                   gap_ms, gapCharacters, frame.connection, kindOf(frame), unit,
                   whole ? std::to_string(function) : "", quoted(text), hexOf(frame.adu));
        static_cast<void>(std::fflush(csv_.get()));
    }
    if (!pcap_) return;
    if (frame.connection == 0) {
        pcap_->addSerial(time, frame.kind == Kind::request, whole, frame.adu, text);
    } else {
        pcap_->addTcp(time, frame.connection, frame.port, frame.fromClient, frame.adu, text);
    }
}

void FrameReport::closed(std::uint64_t connection) {
    lastEnds_.erase(connection);
    const SimTime now = std::chrono::steady_clock::now().time_since_epoch();
    if (pcap_) pcap_->closeTcp(since1970(now), connection);
}

std::string FrameReport::sums() const {
    std::string text = fmt::format(
        "{} frames: {} requests, {} replies, of them {} exceptions; {} damaged, {} "
        "bytes of noise",
        frames_, requests_, replies_, exceptions_, damaged_, noiseBytes_);
    if (character_ > SimTime{} && shortestGap_ < SimTime::max()) {
        text += fmt::format("; shortest gap {:.3f} ms, {:.1f} characters",
                            seconds(shortestGap_) * 1000.0,
                            seconds(shortestGap_) / seconds(character_));
    }
    return text;
}

std::string FrameReport::problem() {
    if (csv_ && std::ferror(csv_.get()) != 0) return csvName_ + ": not all rows were written";
    if (!pcap_) return {};
    const auto written = pcap_->written();
    return written ? std::string{} : written.error().text;
}

}  // namespace jh
