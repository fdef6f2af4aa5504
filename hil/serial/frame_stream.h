// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "hil/serial/serial_weight.h"

namespace jh {

/// Finds frames in a stream of bytes that comes in any lumps. A frame begins with a start character
/// and has a length that its first characters tell. What is none costs one byte: the search goes
/// on right behind its start character, so that a good frame behind a broken one is not lost.
class FrameStream {
public:
    explicit FrameStream(std::uint8_t start) : start_{start} {}

    /// `lengthOf(bytes)`: length of the frame at the front, 0 while too few bytes tell it.
    /// `accept(frame)`: nothing when it is a good frame, else what is wrong with it.
    template <class LengthOf, class Accept>
    void feed(std::span<const std::uint8_t> bytes, LengthOf lengthOf, Accept accept) {
        buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
        std::span<const std::uint8_t> rest{buffer_};
        const auto drop = [&](std::size_t count) { rest = rest.subspan(count); };
        while (true) {
            const auto start = std::find(rest.begin(), rest.end(), start_);
            const auto garbage = static_cast<std::size_t>(start - rest.begin());
            counts_.skippedBytes += garbage;
            drop(garbage);
            const std::size_t length = rest.empty() ? 0 : lengthOf(rest);
            if (length == 0 || rest.size() < length) break;
            const std::optional<FrameFault> fault = accept(rest.first(length));
            if (fault) {
                counts_.lastFault = fault;
                ++counts_.bad;
                ++counts_.skippedBytes;
                drop(1);
            } else {
                ++counts_.good;
                drop(length);
            }
        }
        buffer_.erase(buffer_.begin(), buffer_.end() - static_cast<std::ptrdiff_t>(rest.size()));
    }

    const FrameCounts& counts() const { return counts_; }

private:
    std::uint8_t start_;
    std::vector<std::uint8_t> buffer_;
    FrameCounts counts_;
};

}  // namespace jh
