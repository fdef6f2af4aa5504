// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/host/remote_host.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "firmware-bridge/host/host_lines.h"

namespace jh {

namespace {

/// So long it may fall behind while nobody asks; the bench asks for its state every second.
constexpr SimTime longestBlock = 2s;

template <class Number>
Number numberIn(std::string_view& text) {
    const std::string_view word = nextWord(text);
    Number number{};
    std::from_chars(word.data(), word.data() + word.size(), number);
    return number;
}

}  // namespace

Expected<std::unique_ptr<RemoteHost>, std::string> RemoteHost::start(
    std::unique_ptr<HostChannel> channel, const RemoteFirmware& firmware) {
    std::unique_ptr<RemoteHost> host{new RemoteHost{std::move(channel), firmware.byteTime}};
    const std::string hello = host->ask("hello " + std::to_string(HostLines::version), "hello");
    if (host->lost_) return Unexpected<std::string>{*host->lost_};
    std::string_view rest = hello;
    if (numberIn<int>(rest) != HostLines::version) {
        return Unexpected<std::string>{"the host program speaks version " + hello + "; wanted " +
                                       std::to_string(HostLines::version)};
    }
    const auto lines = std::count(firmware.board.begin(), firmware.board.end(), '\n');
    std::string order =
        "board " + std::to_string(lines) + "\n" + firmware.board + "image " + firmware.image + "\n";
    if (!firmware.nonvolatile.empty()) {
        order += "nonvolatile " + hexOf(firmware.nonvolatile) + "\n";
    }
    if (firmware.survey) order += "survey\n";
    if (firmware.coverage) order += "coverage\n";
    host->ask(order + "start", "ready");
    if (host->lost_) return Unexpected<std::string>{*host->lost_};
    return host;
}

RemoteHost::~RemoteHost() {
    if (!lost_) static_cast<void>(channel_->send("quit\n"));
}

void RemoteHost::lose(const std::string& why) {
    if (!lost_) lost_ = why;
    waiting_.clear();
}

std::string RemoteHost::ask(const std::string& question, std::string_view word) {
    if (lost_) return {};
    ++exchanges_;
    if (const auto sent = channel_->send(std::exchange(waiting_, {}) + question + "\n"); !sent) {
        deaf_ = true;
        lose(sent.error());
        return {};
    }
    while (!lost_) {
        const auto line = channel_->receive();
        if (!line) {
            deaf_ = true;
            lose(line.error());
            break;
        }
        std::string_view rest = *line;
        const std::string_view first = nextWord(rest);
        if (first == word) return std::string{rest};
        if (first == "refused" || first == "wrong") {
            lose(first == "refused" ? std::string{rest}
                                    : "the host program does not know: " + std::string{rest});
            break;
        }
        // The end of a run that was asked for in the same block.
        if (first != "at") takeEvent(*line);
    }
    return {};
}

void RemoteHost::takeEvent(std::string_view line) {
    using Kind = BoardEvent::Kind;
    if (line.starts_with("seen ")) {
        if (!takeLine(survey_, line)) lose("the host program has seen what nobody understands");
        return;
    }
    const std::string_view word = nextWord(line);
    BoardEvent event;
    event.at = SimTime{numberIn<std::int64_t>(line)};
    if (word == "t") {
        bytes_.push_back({event.at, numberIn<std::uint8_t>(line)});
        event.kind = Kind::byte;
        event.value = bytes_.back().byte;
        if (onEvent) onEvent(event);
        return;
    }
    if (word == "pin" || word == "lamp") {
        event.kind = word == "pin" ? Kind::pin : Kind::lamp;
        event.value = numberIn<int>(line);
    } else if (word == "display") {
        event.kind = Kind::display;
    } else if (word == "notice") {
        event.kind = Kind::notice;
    } else if (word == "lost") {
        event.kind = Kind::lost;
    } else {
        lose("the host program says what nobody understands: " + std::string{word});
        return;
    }
    event.name = line;
    if (onEvent) onEvent(event);
    if (event.kind == Kind::lost) lose("the firmware: " + event.name);
}

void RemoteHost::queue(std::string_view word, SimTime at, std::string_view rest) {
    if (lost_) return;
    if (onOrder) onOrder(word, at, rest);
    waiting_.append(word).append(" ").append(std::to_string(at.count()));
    if (!rest.empty()) waiting_.append(" ").append(rest);
    waiting_ += '\n';
    now_ = std::max(now_, at);
}

void RemoteHost::conversion(SimTime at, std::int64_t code) {
    queue("c", at, std::to_string(code));
    if (now_ - sentTo_ >= longestBlock) catchUp();
}

void RemoteHost::receive(SimTime at, std::uint8_t byte) {
    queue("r", at, std::to_string(byte));
}

void RemoteHost::powerOn(SimTime at) {
    bytes_.clear();
    taken_ = 0;
    queue("on", at, {});
}

void RemoteHost::powerOff(SimTime at) {
    queue("off", at, {});
}

void RemoteHost::press(SimTime at, const std::string& button, bool pressed) {
    queue("press", at, (pressed ? "1 " : "0 ") + button);
}

SimTime RemoteHost::run(SimTime until, bool stopAtByte) {
    const std::string reached =
        ask("run " + std::to_string(until.count()) + (stopAtByte ? " byte" : ""), "at");
    std::string_view rest = reached;
    // A lost firmware is silent: time goes on without it.
    sentTo_ = now_ = lost_ ? until : SimTime{numberIn<std::int64_t>(rest)};
    return now_;
}

void RemoteHost::catchUp() {
    if (sentTo_ < now_ || !waiting_.empty()) run(now_, false);
}

void RemoteHost::runUntil(SimTime until) {
    now_ = std::max(now_, until);
    if (now_ - sentTo_ >= longestBlock) catchUp();
}

SimTime RemoteHost::runUntilByte(SimTime limit) {
    if (taken_ < bytes_.size()) return std::max(now_, std::min(bytes_[taken_].at, limit));
    return run(limit, true);
}

std::optional<TimedByte> RemoteHost::takeTransmitted(SimTime by) {
    if (by > sentTo_) catchUp();
    if (taken_ == bytes_.size() || bytes_[taken_].at > by) return std::nullopt;
    const TimedByte next = bytes_[taken_++];
    if (taken_ == bytes_.size()) {
        bytes_.clear();
        taken_ = 0;
    }
    return next;
}

void RemoteHost::hashInto(Hash& hash) {
    const bool behind = sentTo_ < now_ || !waiting_.empty();
    const std::string upTo = behind ? "run " + std::to_string(now_.count()) + "\n" : "";
    const std::string answer = ask(upTo + "hash", "hash");
    sentTo_ = now_;
    std::string_view rest = answer;
    hash.add(numberIn<std::uint64_t>(rest));
}

std::vector<std::uint8_t> RemoteHost::nonvolatile() {
    catchUp();
    std::vector<std::uint8_t> bytes;
    fromHex(ask("keep", "nonvolatile"), bytes);
    return bytes;
}

BoardFigures RemoteHost::figures() {
    catchUp();
    const std::string text = ask("figures", "figures");
    std::string_view rest = text;
    BoardFigures f;
    for (std::uint64_t* number :
         {&f.cycles, &f.asleep, &f.converted, &f.taken, &f.nonvolatileWrites, &f.resets}) {
        *number = numberIn<std::uint64_t>(rest);
    }
    if (rest.substr(0, 1) == "-") {
        nextWord(rest);
    } else if (!rest.empty()) {
        f.leastStackFree = numberIn<std::uint32_t>(rest);
    }
    f.lateness = SimTime{numberIn<std::int64_t>(rest)};
    return f;
}

BoardSurvey RemoteHost::survey() {
    catchUp();
    survey_ = {};
    ask("survey", "surveyed");
    return survey_;
}

std::vector<AddressRange> RemoteHost::executed() {
    std::vector<AddressRange> ranges;
    if (deaf_) return ranges;
    catchUp();
    std::optional<std::string> lost = std::exchange(lost_, std::nullopt);
    const std::string text = ask("coverage", "covered");
    if (lost) lost_ = std::move(lost);
    for (std::string_view rest = text; !rest.empty();) {
        const auto from = numberIn<std::uint32_t>(rest);
        ranges.push_back({from, numberIn<std::uint32_t>(rest)});
    }
    return ranges;
}

std::string RemoteHost::whereabouts() {
    catchUp();
    return ask("where", "where");
}

std::string RemoteHost::debug(int port) {
    const std::string why = ask("debug " + std::to_string(port), "debugged");
    return lost_ ? *lost_ : why;
}

}  // namespace jh
