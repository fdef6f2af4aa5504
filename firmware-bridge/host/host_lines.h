// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "firmware-bridge/host/hosted_board.h"

namespace jh {

/// The host's end of the lines between bench and host program (docs/firmware-host.md): takes one
/// line at a time and says what to answer.
class HostLines {
public:
    /// What the bench wants to be started.
    struct Order {
        std::string board;                      ///< its lines (firmware-bridge/board/board.h)
        std::string image;                      ///< path of the program
        std::vector<std::uint8_t> nonvolatile;  ///< empty: as the program file has it
        bool survey{};                          ///< the program is to be watched, which takes time
        bool coverage{};                        ///< what it executes is to be noted
    };
    /// Makes the board, or says in `refusal` why not.
    using Make =
        std::function<std::unique_ptr<HostedBoard>(const Order& order, std::string& refusal)>;

    HostLines(std::string name, Make make) : name_{std::move(name)}, make_{std::move(make)} {}

    /// Whole lines with their ends; empty where none is due.
    std::string answer(std::string_view line);
    bool ended() const { return ended_; }

    static constexpr int version = 1;

private:
    std::string start();
    std::string running(std::string_view word, std::string_view rest);

    std::string name_;
    Make make_;
    Order order_;
    std::unique_ptr<HostedBoard> board_;
    int boardLines_{};
    bool ended_{};
};

/// Bytes as pairs of hexadecimal digits and back; nothing where they are none.
std::string hexOf(const std::vector<std::uint8_t>& bytes);
bool fromHex(std::string_view hex, std::vector<std::uint8_t>& bytes);

/// The word before the first space; what follows it stays in `text`.
std::string_view nextWord(std::string_view& text);

}  // namespace jh
