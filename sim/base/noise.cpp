// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/base/noise.h"

#include <bit>
#include <cmath>

#include "sim/base/portable_math.h"

namespace jh {

Seeds::Seeds(std::uint64_t seed, std::uint64_t number) : Seeds{seed} {
    if (number == 0) return;
    Hash hash;
    hash.add(seed);
    hash.add(number);
    visit = hash.value();
}

NoiseStream::NoiseStream(std::uint64_t seed, std::string_view name) {
    Hash start;
    start.add(seed);
    start.add(name);
    std::uint64_t x = start.value();
    for (std::uint64_t& word : state_) {
        x += 0x9e3779b97f4a7c15ULL;
        std::uint64_t z = x;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        word = z ^ (z >> 31);
    }
}

std::uint64_t NoiseStream::bits() {
    auto& s = state_;
    const std::uint64_t result = std::rotl(s[1] * 5, 7) * 9;
    const std::uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = std::rotl(s[3], 45);
    return result;
}

double NoiseStream::uniform() {
    return static_cast<double>(bits() >> 11) * 0x1p-53;
}

double NoiseStream::gaussian() {
    if (hasSpare_) {
        hasSpare_ = false;
        return spare_;
    }
    double a = 0.0, b = 0.0, r2 = 0.0;
    do {
        a = uniform(-1.0, 1.0);
        b = uniform(-1.0, 1.0);
        r2 = a * a + b * b;
    } while (r2 >= 1.0 || r2 == 0.0);
    const double scale = std::sqrt(-2.0 * portableLog(r2) / r2);
    spare_ = b * scale;
    hasSpare_ = true;
    return a * scale;
}

void NoiseStream::hashInto(Hash& hash) const {
    for (const std::uint64_t word : state_) hash.add(word);
    hash.add(hasSpare_ ? spare_ : 0.0);
}

}  // namespace jh
