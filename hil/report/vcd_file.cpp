// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/report/vcd_file.h"

#include <algorithm>
#include <cctype>

namespace jh {

namespace {

/// Printable characters, as many as it takes.
std::string codeOf(std::size_t signal) {
    constexpr std::size_t first = '!', count = '~' - '!' + 1;
    std::string code;
    do {
        code += static_cast<char>(first + signal % count);
        signal /= count;
    } while (signal > 0);
    return code;
}

std::string nameOf(std::string text) {
    for (char& c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
    }
    return text.empty() ? "_" : text;
}

std::string valueOf(std::optional<std::uint64_t> value, int bits, const std::string& code) {
    std::string digits;
    for (int bit = bits - 1; bit >= 0; --bit) {
        digits += !value ? 'z' : (*value >> bit & 1U) != 0 ? '1' : '0';
    }
    return bits == 1 ? digits + code + "\n" : "b" + digits + " " + code + "\n";
}

}  // namespace

VcdFile::VcdFile(const std::filesystem::path& file, const std::vector<Signal>& signals)
    : out_{file, std::ios::binary}, signals_{signals} {
    out_ << "$version Jianheng $end\n$timescale 1 ns $end\n";
    std::string group;
    for (std::size_t i = 0; i < signals_.size(); ++i) {
        const Signal& s = signals_[i];
        if (i == 0 || s.group != group) {
            if (i > 0) out_ << "$upscope $end\n";
            group = s.group;
            out_ << "$scope module " << nameOf(group) << " $end\n";
        }
        out_ << "$var wire " << s.bits << " " << codeOf(i) << " " << nameOf(s.name);
        if (s.bits > 1) out_ << " [" << s.bits - 1 << ":0]";
        out_ << " $end\n";
    }
    if (!signals_.empty()) out_ << "$upscope $end\n";
    out_ << "$enddefinitions $end\n#0\n$dumpvars\n";
    for (std::size_t i = 0; i < signals_.size(); ++i) {
        out_ << valueOf(signals_[i].initial, signals_[i].bits, codeOf(i));
    }
    out_ << "$end\n";
}

void VcdFile::change(SimTime at, std::size_t signal, std::optional<std::uint64_t> value) {
    waiting_.emplace(std::max(at, passed_), Change{signal, value});
}

void VcdFile::upTo(SimTime t) {
    while (!waiting_.empty() && waiting_.begin()->first <= t) {
        const auto [at, next] = *waiting_.begin();
        waiting_.erase(waiting_.begin());
        if (signals_[next.signal].initial == next.value) continue;
        if (at != written_) out_ << "#" << at.count() << "\n";
        written_ = at;
        write(next);
    }
    passed_ = std::max(passed_, t);
}

void VcdFile::write(const Change& change) {
    Signal& signal = signals_[change.signal];
    signal.initial = change.value;
    out_ << valueOf(change.value, signal.bits, codeOf(change.signal));
}

bool VcdFile::finish(SimTime end) {
    upTo(end);
    if (end != written_) out_ << "#" << end.count() << "\n";
    return static_cast<bool>(out_.flush());
}

}  // namespace jh
