// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/adc/ad7190.h"

#include <algorithm>

namespace jh {

namespace {

enum : unsigned { status, modeReg, configReg, dataReg, id, gpocon, offset, fullScale };
enum : unsigned { continuous, single };  // modes; 4 to 7 calibrate
constexpr unsigned idle = 2;

constexpr std::uint32_t statusWithData = 1U << 20, sinc3 = 1U << 15, zeroLatency = 1U << 11;
constexpr std::uint32_t chop = 1U << 23, unipolar = 1U << 3;
constexpr unsigned continuousRead = 1U << 2;

constexpr int onesOfReset = 40;
constexpr SimTime dataHold = 10ns;  // after the last rising edge; from memory, verify
constexpr std::int64_t clockMillihertz = 4'920'000'000;

int gainOf(std::uint32_t config) {
    const unsigned code = config & 7U;
    return code < 3 ? 1 : 1 << code;  // 1 and 2 are reserved
}

}  // namespace

Ad7190::Ad7190(int rate_Hz)
    : AdcChip{rate_Hz},
      pins_{{"CS", false, true},
            {"SCLK", false, true},
            {"DIN", false, true},
            {"DOUT/RDY", true, true}} {
    powerOn(SimTime{});
}

void Ad7190::powerOn(SimTime at) {
    restart(at);
    reset(at);
}

void Ad7190::reset(SimTime at) {
    mode_ = 0x080060;
    config_ = 0x000117;
    offset_ = 0x800000;
    fullScale_ = 0x555550;
    gpocon_ = 0;
    data_ = 0;
    channel_ = 0;
    error_ = false;
    command_ = 0;
    port_ = Port::command;
    bits_ = ones_ = 0;
    sending_ = false;
    rdyAt_.reset();
    settle(at);
}

int Ad7190::conversionsToSettle() const {
    if ((config_ & chop) != 0) return 2;
    if ((mode_ & zeroLatency) != 0) return 1;
    return (mode_ & sinc3) != 0 ? 3 : 4;
}

void Ad7190::settle(SimTime at) {
    ready_ = fresh_ = waiting_ = done_ = false;
    settledAt_ = at + conversionsToSettle() * period();
}

std::int64_t Ad7190::millihertz() const {
    const std::int64_t word = std::max<std::int64_t>(mode_ & 0x3FFU, 1);
    const bool whole = (config_ & chop) != 0 || (mode_ & zeroLatency) != 0;
    const int order = (mode_ & sinc3) != 0 ? 3 : 4;
    return clockMillihertz / (1024 * word * (whole ? order : 1));
}

void Ad7190::conversion(SimTime at, std::int64_t code) {
    advanceTo(at);
    if (mode() > single || done_ || at < settledAt_) return;
    done_ = mode() == single;
    rateSet(at, millihertz());
    countGiven();

    const unsigned channels = config_ >> 8 & 0xFFU;
    unsigned channel = 0;
    while (channel < 7 && (channels >> channel & 1U) == 0) ++channel;
    if (channel != 0) code = 0;
    const bool positive = (config_ & unipolar) != 0;
    const std::int64_t steps = scaled(code, positive ? 2 * gainOf(config_) : gainOf(config_), 128) +
                               (positive ? 0 : 0x800000);
    next_ = static_cast<std::uint32_t>(std::clamp<std::int64_t>(steps, 0, 0xFFFFFF));
    nextError_ = next_ != steps;
    channel_ = channel;
    const bool reading = port_ == Port::reading && (bits_ > 0 || (sending_ && !rdyAt_));
    if (reading && (command_ >> 3 & 7U) == dataReg) {
        waiting_ = true;  // the word that is being read stays
        return;
    }
    data_ = next_;
    error_ = nextError_;
    ready_ = fresh_ = true;
    if (port_ == Port::reading && !reading) beginRead();  // not begun: it gets the newest
}

void Ad7190::drive(std::size_t pin, bool level, SimTime at) {
    advanceTo(at);
    if (pin == cs) cs_ = level;
    if (pin == din) din_ = level;
    if (pin != sclk || level == sclk_) return;
    sclk_ = level;
    if (cs_) return;
    if (level) {
        rise(at);
    } else {
        fall();
    }
}

void Ad7190::rise(SimTime at) {
    ones_ = din_ ? ones_ + 1 : 0;
    if (ones_ == onesOfReset) {
        reset(at);
        return;
    }
    const unsigned in = din_ ? 1U : 0U;
    switch (port_) {
        case Port::command:
            if (bits_ == 0 && din_) return;  // a command begins with a 0
            command_ = bits_ == 0 ? 0U : command_ << 1 | in;
            if (++bits_ == 8) command(at);
            break;
        case Port::writing:
            shift_ = shift_ << 1 | in;
            if (++bits_ == width(command_ >> 3 & 7U)) write(at);
            break;
        case Port::reading:
            if (!sending_) return;  // continuous read, and nothing is ready
            ++bits_;
            if ((command_ & continuousRead) != 0 && bits_ <= 8) {
                command_ = (command_ & 0xFFU) | ((command_ & 0x7F00U) << 1) | in << 8;
                if (bits_ == 8 && command_ >> 8 == 0x58) {
                    port_ = Port::command;
                    bits_ = 0;
                    command_ = 0;
                    rdyAt_ = at + dataHold;
                    return;
                }
            }
            if (bits_ == width(command_ >> 3 & 7U)) endRead(at);
            break;
    }
}

void Ad7190::fall() {
    if (port_ != Port::reading) return;
    const unsigned address = command_ >> 3 & 7U;
    if ((command_ & continuousRead) != 0 && bits_ == 0 && !ready_) return;
    sending_ = true;
    rdyAt_.reset();
    bit_ = (shift_ >> (width(address) - 1 - bits_) & 1U) != 0;
}

void Ad7190::command(SimTime at) {
    bits_ = 0;
    const bool read = (command_ & 0x40U) != 0;
    const unsigned address = command_ >> 3 & 7U;
    if ((command_ & 3U) != 0 ||
        ((command_ & continuousRead) != 0 && (!read || address != dataReg))) {
        say(at, "a command that there is not");
        return;
    }
    if (!read && (address == status || address == dataReg || address == id)) {
        if (address != status) say(at, "a write to a register that can only be read");
        return;  // register 0 is the communications register, now written
    }
    port_ = read ? Port::reading : Port::writing;
    shift_ = 0;
    if (read) beginRead();
}

int Ad7190::width(unsigned address) const {
    if (address == dataReg) return (mode_ & statusWithData) != 0 ? 32 : 24;
    return address == status || address == id || address == gpocon ? 8 : 24;
}

std::uint32_t Ad7190::value(unsigned address) const {
    const std::uint32_t state = (ready_ ? 0U : 0x80U) | (error_ ? 0x40U : 0U) | channel_;
    switch (address) {
        case status:
            return state;
        case modeReg:
            return mode_;
        case configReg:
            return config_;
        case dataReg:
            return (mode_ & statusWithData) != 0 ? data_ << 8 | state : data_;
        case id:
            return 0x04;
        case gpocon:
            return gpocon_;
        case offset:
            return offset_;
        default:
            return fullScale_;
    }
}

void Ad7190::beginRead() {
    shift_ = value(command_ >> 3 & 7U);
}

void Ad7190::endRead(SimTime at) {
    rdyAt_ = at + dataHold;
    bits_ = 0;
    if ((command_ >> 3 & 7U) == dataReg) {
        if (fresh_) countTaken();
        ready_ = fresh_ = waiting_;
        if (waiting_) {
            data_ = next_;
            error_ = nextError_;
        }
        waiting_ = false;
    }
    if ((command_ & continuousRead) != 0) {
        command_ &= 0xFFU;
        beginRead();
    } else {
        port_ = Port::command;
    }
}

void Ad7190::write(SimTime at) {
    port_ = Port::command;
    bits_ = 0;
    switch (command_ >> 3 & 7U) {
        case modeReg:
            mode_ = shift_;
            if (mode() == 6 || mode() == 7) {
                say(at, "a system calibration; the registers stay as they are");
            }
            settle(at);
            break;
        case configReg:
            config_ = shift_;
            if ((config_ & 7U) == 1 || (config_ & 7U) == 2) say(at, "a gain that there is not");
            settle(at);
            break;
        case gpocon:
            gpocon_ = shift_;
            break;
        case offset:
            offset_ = shift_;
            break;
        default:
            fullScale_ = shift_;
            break;
    }
}

void Ad7190::advanceTo(SimTime at) {
    pass(at);
    if (rdyAt_ && at >= *rdyAt_) {
        sending_ = false;
        rdyAt_.reset();
    }
    if (mode() >= 4 && at >= settledAt_) {
        mode_ = (mode_ & 0x1FFFFFU) | idle << 21;
        ready_ = true;
    }
}

std::optional<SimTime> Ad7190::wake() const {
    std::optional<SimTime> next = rdyAt_;
    if (mode() >= 4) next = next ? std::min(*next, settledAt_) : settledAt_;
    return next;
}

bool Ad7190::level(std::size_t) const {
    if (cs_) return true;
    return sending_ ? bit_ : !ready_;
}

void Ad7190::hashInto(Hash& hash) const {
    AdcChip::hashInto(hash);
    for (const bool flag :
         {cs_, sclk_, din_, sending_, bit_, error_, nextError_, ready_, fresh_, waiting_, done_}) {
        hash.add(std::uint64_t{flag ? 1U : 0U});
    }
    for (const std::uint32_t value : {mode_, config_, offset_, fullScale_, gpocon_, data_, next_,
                                      shift_, std::uint32_t{command_}, std::uint32_t{channel_}}) {
        hash.add(std::uint64_t{value});
    }
    for (const int value : {static_cast<int>(port_), bits_, ones_}) {
        hash.add(static_cast<std::uint64_t>(value));
    }
    hash.add(static_cast<std::uint64_t>(settledAt_.count()));
    hash.add(static_cast<std::uint64_t>(rdyAt_ ? rdyAt_->count() : -1));
}

}  // namespace jh
