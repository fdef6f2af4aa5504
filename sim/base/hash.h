// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>

namespace jh {

/// Running 64-bit hash of a state: word-wise FNV-1a with a final mix. Not for secrets.
class Hash {
public:
    constexpr void add(std::uint64_t word) {
        value_ = (value_ ^ word) * 0x100000001b3ULL;
        rotate();
    }
    constexpr void add(double v) { add(std::bit_cast<std::uint64_t>(v)); }
    constexpr void add(std::string_view text) {
        for (const char c : text) add(static_cast<std::uint64_t>(static_cast<unsigned char>(c)));
        add(std::uint64_t{text.size()});
    }
    constexpr void add(std::span<const double> values) {
        for (const double v : values) add(v);
    }
    constexpr std::uint64_t value() const {
        std::uint64_t v = value_;
        v = (v ^ (v >> 33)) * 0xff51afd7ed558ccdULL;
        v = (v ^ (v >> 33)) * 0xc4ceb9fe1a85ec53ULL;
        return v ^ (v >> 33);
    }

private:
    constexpr void rotate() { value_ = std::rotl(value_, 29); }
    std::uint64_t value_{0xcbf29ce484222325ULL};
};

}  // namespace jh
