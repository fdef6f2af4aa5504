// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer target for the readers of hil/serial. First byte: which reader; second: the size of the
// lumps. Nothing may crash; lumps may not change what is read; what is read can be written and is
// read back as the same; and a reader that met any garbage still reads the frames behind it.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <type_traits>
#include <variant>
#include <vector>

#include "hil/serial/sma_answer.h"
#include "hil/serial/sma_command.h"
#include "hil/serial/toledo_continuous.h"
#include "hil/serial/yaohua_command.h"
#include "hil/serial/yaohua_continuous.h"

namespace {

using namespace jh;
using Bytes = std::vector<std::uint8_t>;
using Input = std::span<const std::uint8_t>;

void promise(bool kept, const char* what) {
    if (kept) return;
    std::fprintf(stderr, "broken promise: %s\n", what);
    std::abort();
}

template <class Reader>
auto inLumps(Reader reader, Input bytes, std::size_t size) {
    auto all = reader.feed({});
    while (!bytes.empty()) {
        const Input lump = bytes.first(std::min(size, bytes.size()));
        for (auto& one : reader.feed(lump)) all.push_back(one);
        bytes = bytes.subspan(lump.size());
    }
    return all;
}

/// Two good frames behind any garbage: the second is read in any case.
template <class Reader>
void findsItsFeet(Reader reader, Input garbage, const Bytes& frame) {
    reader.feed(garbage);
    auto read = reader.feed(frame);
    for (int i = 0; i < 2 && read.empty(); ++i) read = reader.feed(frame);
    promise(!read.empty(), "a frame behind garbage is read");
}

/// A mass of zero has no sign, and blanks and dashes have no digits: those alone may come back
/// otherwise than they were.
template <class Reader, class Write>
void weights(Reader reader, Input bytes, std::size_t lump, Write write) {
    const auto whole = Reader{reader}.feed(bytes);
    promise(whole == inLumps(reader, bytes, lump), "lumps change nothing");
    for (const auto& shown : whole) {
        const auto frame = write(shown);
        if (!frame) continue;
        const auto again = Reader{reader}.feed(*frame);
        promise(again.size() == 1, "what is written is read");
        const auto twice = write(again.front());
        promise(twice && *twice == *frame, "what is read is written the same");
    }
}

void toledo(Input bytes, std::size_t lump, ToledoFormat format) {
    weights(ToledoReader{format}, bytes, lump,
            [&](const SerialWeight& shown) { return toledoFrame(shown, format); });
    SerialWeight zero;
    zero.weight = ExactMass{};
    findsItsFeet(ToledoReader{format}, bytes, *toledoFrame(zero, format));
}

void yaohua(Input bytes, std::size_t lump, YaohuaFormat format) {
    weights(YaohuaReader{format, SerialUnit::kg}, bytes, lump,
            [&](const SerialWeight& shown) { return yaohuaFrame(shown, format); });
    SerialWeight zero;
    zero.weight = ExactMass{};
    findsItsFeet(YaohuaReader{format, SerialUnit::kg}, bytes, *yaohuaFrame(zero, format));
}

void yaohuaCommands(Input bytes, std::size_t lump) {
    YaohuaPoller poller{'A', SerialUnit::kg};
    YaohuaResponder responder{'A'};
    YaohuaDisplay display;
    display.gross = ExactMass::kg(20);
    static_cast<void>(poller.ask(YaohuaCommand::gross));
    for (Input rest = bytes; !rest.empty(); rest = rest.subspan(std::min(lump, rest.size()))) {
        const Input part = rest.first(std::min(lump, rest.size()));
        const auto answer = poller.feed(part);
        if (answer) static_cast<void>(poller.ask(YaohuaCommand::gross));
        const Bytes sent = responder.feed(part, display);
        promise(sent.size() % 2 == 0, "answers are whole frames");
    }
    // At most one answer is lost in what the garbage began.
    const Bytes request = yaohuaRequest('A', YaohuaCommand::gross);
    Bytes answer;
    for (int i = 0; i < 3; ++i) answer = responder.feed(request, display);
    promise(answer.size() == 14, "a request behind garbage is answered");
    static_cast<void>(poller.ask(YaohuaCommand::gross));
    bool understood = false;
    for (int i = 0; i < 3; ++i) understood = poller.feed(answer).has_value() || understood;
    promise(understood, "an answer behind garbage is read");
}

void sma(Input bytes, std::size_t lump) {
    weights(SmaReader{}, bytes, lump, [](const SmaAnswer& answer) -> std::optional<Bytes> {
        const auto write = [](const auto& one) -> std::optional<Bytes> { return smaFrame(one); };
        return std::visit(write, answer);
    });
    findsItsFeet(SmaReader{}, bytes, smaFrame(SmaUnknownCommand{}));
    const auto whole = SmaCommandReader{}.feed(bytes);
    promise(whole == inLumps(SmaCommandReader{}, bytes, lump), "lumps change no command");
    for (const SmaCommand& command : whole) {
        if (command.kind == SmaCommand::Kind::unknown || command.kind == SmaCommand::Kind::garbled)
            continue;
        const auto again = SmaCommandReader{}.feed(smaRequest(command));
        promise(again.size() == 1 && again.front() == command, "a command is read back");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const Input bytes{data + 2, size - 2};
    const std::size_t lump = 1U + data[1] % 40U;
    switch (data[0] % 9) {
        case 0:
            toledo(bytes, lump, {true, true});
            break;
        case 1:
            toledo(bytes, lump, {true, false});
            break;
        case 2:
            toledo(bytes, lump, {false, true});
            break;
        case 3:
            toledo(bytes, lump, {false, false});
            break;
        case 4:
            yaohua(bytes, lump, YaohuaFormat::checked);
            break;
        case 5:
            yaohua(bytes, lump, YaohuaFormat::reversed);
            break;
        case 6:
            yaohua(bytes, lump, YaohuaFormat::upright);
            break;
        case 7:
            yaohuaCommands(bytes, lump);
            break;
        default:
            sma(bytes, lump);
            break;
    }
    return 0;
}
