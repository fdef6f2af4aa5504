// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace jh {

/// Expected share of frames that are damaged without the CRC-16 noticing, for independent bit
/// errors: the share of damaged frames, 1 - (1 - rate)^bits, times 2^-16.
/// Of all error patterns a CRC of 16 bits lets 2^-16 pass (Peterson and Brown, Cyclic Codes for
/// Error Detection, Proc. IRE 49, 1961: for bursts longer than 17 bits exactly that). True where
/// many bits are wrong. At small rates it is far too high, and so on the safe side: within the 256
/// bytes of a frame the polynomial finds every 1, 2 and 3 wrong bits and every odd number.
double undetectedDamage(int frameBytes, double bitErrorRate);

}  // namespace jh
