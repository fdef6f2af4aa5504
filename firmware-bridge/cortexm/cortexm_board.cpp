// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/cortexm/cortexm_board.h"

#include <signal.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "firmware-bridge/adc/adc_chip.h"
#include "sim/base/check.h"

namespace jh {

namespace {

/// Where programs for the mps2-an385 have their variables.
constexpr std::uint32_t ramBegin = 0x20000000, ramEnd = 0x20400000;
/// The firmware's clock has 32 bits of 40 ns: it must look at it more often than every 171 s.
constexpr SimTime longestSpan = 60s;
constexpr std::size_t mostMemory = 65'536;

std::string hexadecimal(std::uint32_t value) {
    std::string text(8, '0');
    for (std::size_t i = text.size(); i-- > 0; value >>= 4U)
        text[i] = "0123456789abcdef"[value & 15U];
    return "0x" + text;
}

}  // namespace

std::string misfit(const Board& board, const FirmwareImage& image) {
    if (image.machine == FirmwareImage::Machine::avr) return "a program for AVR, not for ARM";
    if (image.machine != FirmwareImage::Machine::arm) {
        return "not an ELF file, and the Cortex-M3 host takes no other";
    }
    const auto word = [&](std::size_t at) {
        std::uint32_t value = 0;
        for (std::size_t i = 4; i-- > 0;) {
            value = value << 8U | (at + i < image.flash.size() ? image.flash[at + i] : 0U);
        }
        return value;
    };
    const std::uint32_t stack = word(0), reset = word(4);
    const bool thumb = (reset & 1U) != 0 && reset < image.flash.size();
    if (stack <= ramBegin || stack > ramEnd || !thumb) {
        return "not made for " + board.mcu +
               ": no vector table at address 0 with a stack between " + hexadecimal(ramBegin) +
               " and " + hexadecimal(ramEnd);
    }
    return {};
}

CortexmBoard::CortexmBoard(Board board, FirmwareImage image, std::string path,
                           std::vector<std::uint8_t> nonvolatile, SimTime patience)
    : board_{std::move(board)},
      image_{std::move(image)},
      path_{std::move(path)},
      memory_{std::move(nonvolatile)},
      patience_{patience} {
    JH_CHECK(problemsOf(board_).empty());
    JH_CHECK(misfit(board_, image_).empty());
    start(now_);
}

void CortexmBoard::conversion(SimTime at, std::int64_t code) {
    inputs_.push_back({at, Input::Kind::conversion, limited(code)});
}

void CortexmBoard::receive(SimTime at, std::uint8_t byte) {
    inputs_.push_back({at, Input::Kind::byte, byte});
}

void CortexmBoard::powerOn(SimTime at) {
    inputs_.push_back({at, Input::Kind::on, 0});
}

void CortexmBoard::powerOff(SimTime at) {
    inputs_.push_back({at, Input::Kind::off, 0});
}

void CortexmBoard::start(SimTime at) {
    supplyGone(at);
    since_ = clock_ = announced_ = lineFree_ = at;
    met_ = offered_ = false;
    restarts_ = 0;
    auto started = QemuProcess::start(path_);
    if (!started) return lose(started.error());
    qemu_ = std::move(*started);
    listen();
}

/// Not for the firmware; nor is anything while it has no supply.
void CortexmBoard::take(const Input& input) {
    if (input.kind == Input::Kind::on) start(input.at);
    if (input.kind == Input::Kind::off) supplyGone(input.at);
    if (input.kind == Input::Kind::byte && qemu_) notice(difference());
}

bool CortexmBoard::forFirmware(const Input& input) const {
    if (!qemu_ || input.kind == Input::Kind::on || input.kind == Input::Kind::off) return false;
    return input.kind != Input::Kind::byte || difference().empty();
}

SimTime CortexmBoard::runUntil(SimTime until, bool stopAtByte) {
    SimTime end = until;
    for (;;) {
        if (stopAtByte && !leaving_.empty()) end = std::min(end, leaving_.front());
        const bool due = !inputs_.empty() && inputs_.front().at <= end;
        if (due && forFirmware(inputs_.front())) {
            exchange(&inputs_.front(), end);
            continue;
        }
        const SimTime upTo = due ? inputs_.front().at : end;
        if (qemu_ && clock_ < upTo) {
            exchange(nullptr, upTo);
            continue;
        }
        if (!due) break;
        now_ = std::max(now_, upTo);
        const Input input = inputs_.front();
        inputs_.pop_front();
        take(input);
    }
    now_ = std::max(now_, end);
    while (!leaving_.empty() && leaving_.front() <= now_) leaving_.pop_front();
    return now_;
}

void CortexmBoard::exchange(const Input* next, SimTime end) {
    announced_ = next != nullptr ? next->at : std::min(end, clock_ + longestSpan);
    jh_record record{std::max(announced_ - since_, SimTime{}).count(), JH_TIME, 0};
    offered_ = next != nullptr;
    if (next != nullptr) {
        record.kind = next->kind == Input::Kind::conversion ? JH_CONVERSION : JH_BYTE;
        record.value = next->value;
    }
    if (!qemu_->write(&record, sizeof record)) return lose(lossOf(QemuProcess::Heard::ended));
    listen();
}

/// Until it waits.
void CortexmBoard::listen() {
    jh_record said{};
    while (qemu_ && said.kind != JH_WAITS) {
        const auto heard = qemu_->read(&said, sizeof said, patience_);
        if (heard != QemuProcess::Heard::all) return lose(lossOf(heard));
        said_.add(static_cast<std::uint64_t>(said.at_ns));
        said_.add(std::uint64_t{said.kind});
        said_.add(static_cast<std::uint64_t>(said.value));
        hear(said);
    }
}

void CortexmBoard::hear(const jh_record& said) {
    const SimTime span{said.at_ns}, at = since_ + span;
    const auto value = static_cast<std::uint32_t>(said.value);
    switch (said.kind) {
        case JH_HELLO:
            return greet(said.value);
        case JH_BAUD:
            baud_ = said.value;
            return;
        case JH_SENT:
            return sent(at, static_cast<std::uint8_t>(value));
        case JH_KEPT:
            return keep(at, value >> 8U, static_cast<std::uint8_t>(value));
        case JH_TAKEN:
            if (!offered_) return lose("its mailbox has taken what was not there");
            if (inputs_.front().kind == Input::Kind::conversion) ++past_.converted, ++past_.taken;
            inputs_.pop_front();
            offered_ = false;
            return;
        case JH_ASLEEP:
            asleep_ = span;
            return;
        case JH_LATE:
            past_.lateness = std::max(past_.lateness, span);
            return;
        case JH_WAITS:
            clock_ = at;
            offered_ = false;
            waitsAt_ = value & ~1U;
            return;
        case JH_FAULT:
            return lose("it crashed at " + placeOf(value));
        default:
            return lose("its mailbox says what nobody understands");
    }
}

/// It has begun: for the first time with this supply, or again after a reset of its own.
void CortexmBoard::greet(std::int32_t version) {
    if (version != JH_MAILBOX_VERSION) {
        return lose("its mailbox is of version " + std::to_string(version) + "; this program has " +
                    std::to_string(JH_MAILBOX_VERSION));
    }
    constexpr int manyRestarts = 20;
    if (met_) {
        ++past_.resets;
        countClock();
        since_ = clock_;
        if (offered_) inputs_.pop_front();
        offered_ = false;
        if (++restarts_ > manyRestarts) return lose("it resets again and again");
    }
    met_ = true;
    baud_ = 0;
    const jh_record answer{0, JH_MEMORY, static_cast<std::int32_t>(memory_.size())};
    if (!qemu_->write(&answer, sizeof answer) || !qemu_->write(memory_.data(), memory_.size())) {
        lose(lossOf(QemuProcess::Heard::ended));
    }
}

/// What is wrong with its UART's rate; a receiver bears about half a bit in ten.
std::string CortexmBoard::difference() const {
    constexpr double bearable = 0.04;
    if (baud_ == 0 || !board_.uart) return {};
    if (std::abs(static_cast<double>(baud_) / board_.uart->baud - 1.0) <= bearable) return {};
    return "its UART is set to " + std::to_string(baud_) + " Bd; the board file says " +
           std::to_string(board_.uart->baud) + " Bd";
}

void CortexmBoard::sent(SimTime at, std::uint8_t byte) {
    if (waitsNoMore(at)) return lose("it sends and sends and never waits");
    if (!board_.uart) return notice("it sends, and the board has no `uart`");
    if (const std::string problem = difference(); !problem.empty()) return notice(problem);
    lineFree_ = std::max(at, lineFree_) + board_.uart->character();
    events_.push_back({lineFree_, BoardEvent::Kind::byte, byte, {}});
    leaving_.push_back(lineFree_);
}

/// What it says has come long after it should have looked into its mailbox again.
bool CortexmBoard::waitsNoMore(SimTime at) const {
    constexpr SimTime tooLong = 2s;
    return at > announced_ + tooLong;
}

void CortexmBoard::keep(SimTime at, std::size_t address, std::uint8_t byte) {
    constexpr std::uint64_t manyWrites = 5'000;
    if (waitsNoMore(at)) return lose("it writes its non-volatile memory and never waits");
    if (address >= mostMemory) return notice("it writes beyond 64 KiB of non-volatile memory");
    if (memory_.size() <= address) memory_.resize(address + 1, 0xFF);
    memory_[address] = byte;
    if (++past_.nonvolatileWrites > manyWrites) {
        notice("it writes its non-volatile memory again and again");
    }
}

std::string CortexmBoard::lossOf(QemuProcess::Heard heard) {
    if (heard == QemuProcess::Heard::nothing) {
        const std::string what =
            met_ ? "it does not come back to its mailbox" : "it never comes to its mailbox";
        const auto at = qemu_->stoppedAt();
        return at ? what + "; it is at " + placeOf(*at) : what;
    }
    const int by = qemu_->signalOfEnd();
    if (by == SIGSYS) return "it wanted to start a program, which is not allowed";
    // QEMU warns of a network interface without a network.
    const std::string all = qemu_->lastWords();
    std::string_view words = all, line;
    const auto at = programCounterIn(words);
    do {
        line = words.substr(0, words.find('\n'));
        words.remove_prefix(std::min(line.size() + 1, words.size()));
    } while (line.find("warning:") != std::string_view::npos);
    if (line.empty() && by == 0) return "it has ended itself";
    if (line.empty()) return "QEMU was ended by signal " + std::to_string(by);
    constexpr std::string_view fatal{"qemu: fatal: "};
    if (line.substr(0, fatal.size()) != fatal) return "QEMU has ended: " + std::string{line};
    line.remove_prefix(fatal.size());
    return "it crashed at " + (at ? placeOf(*at) : "an unknown place") + ": " + std::string{line};
}

void CortexmBoard::lose(const std::string& why) {
    lost_ = why;
    events_.push_back({std::max(now_, clock_), BoardEvent::Kind::lost, 0, why});
    supplyGone(std::max(now_, clock_));
}

void CortexmBoard::countClock() {
    past_.cycles += static_cast<std::uint64_t>((clock_ - since_).count() / JH_TICK_NS);
    past_.asleep += static_cast<std::uint64_t>(asleep_.count() / JH_TICK_NS);
    asleep_ = {};
}

void CortexmBoard::supplyGone(SimTime at) {
    if (!qemu_) return;
    countClock();
    qemu_.reset();
    leaving_.clear();
    // What was on its way out is lost.
    events_.erase(std::remove_if(events_.begin(), events_.end(),
                                 [at](const BoardEvent& event) {
                                     return event.kind == BoardEvent::Kind::byte && event.at > at;
                                 }),
                  events_.end());
}

/// Each said once.
void CortexmBoard::notice(const std::string& what) {
    if (std::find(noticed_.begin(), noticed_.end(), what) != noticed_.end()) return;
    noticed_.push_back(what);
    events_.push_back({std::max(now_, clock_), BoardEvent::Kind::notice, 0, what});
}

std::vector<BoardEvent> CortexmBoard::takeEvents() {
    std::stable_sort(events_.begin(), events_.end(),
                     [](const BoardEvent& a, const BoardEvent& b) { return a.at < b.at; });
    return std::exchange(events_, {});
}

BoardFigures CortexmBoard::figures() const {
    BoardFigures f = past_;
    if (!qemu_) return f;
    f.cycles += static_cast<std::uint64_t>((clock_ - since_).count() / JH_TICK_NS);
    f.asleep += static_cast<std::uint64_t>(asleep_.count() / JH_TICK_NS);
    return f;
}

std::string CortexmBoard::placeOf(std::uint32_t address) const {
    const std::string function = image_.functionAt(address);
    return hexadecimal(address) + (function.empty() ? "" : " (" + function + ")");
}

std::string CortexmBoard::whereabouts() const {
    return qemu_ ? placeOf(waitsAt_) : "no supply";
}

void CortexmBoard::hashInto(Hash& hash) const {
    for (const std::uint8_t byte : memory_) hash.add(std::uint64_t{byte});
    hash.add(static_cast<std::uint64_t>(now_.count()));
    hash.add(said_.value());
}

std::string CortexmBoard::debug(int /*port*/) {
    return "the Cortex-M3 host serves no debugger";
}

}  // namespace jh
