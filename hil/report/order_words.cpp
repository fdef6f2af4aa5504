// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/report/order_words.h"

#include <fmt/format.h>

namespace jh {

namespace {

const char* name(LoadKind kind, bool zh) {
    switch (kind) {
        case LoadKind::block:
            return zh ? "标准砝码" : "standard weights";
        case LoadKind::handWeight:
            return zh ? "手搬标准砝码" : "standard weights carried by hand";
        case LoadKind::smallWeight:
            return zh ? "附加小砝码" : "small weights";
        case LoadKind::material:
            return zh ? "替代物" : "substitution loads";
        case LoadKind::tareLoad:
            return zh ? "皮重载荷" : "tare loads";
    }
    return "";
}

std::string place(const LoadOrder& order, const ScaleModel& scale, bool zh) {
    if (!order.support) return zh ? "沿秤台均匀布置" : "evenly along the deck";
    const std::string& cell = scale.cells.at(*order.support).id;
    return zh ? fmt::format("放在称重传感器 {} 上方", cell) : fmt::format("over cell {}", cell);
}

std::string putOrTake(const LoadOrder& order, const ScaleModel& scale, bool zh) {
    const std::string mass = order.mass.text(scale.unit) + " " + symbol(scale.unit);
    const bool put = order.act == LoadOrder::Act::put;
    const char* kind = name(order.kind, zh);
    std::string text;
    if (zh) {
        text = put ? fmt::format("将 {} × {}（{}）放上秤台，{}", order.pieces, mass, kind,
                                 place(order, scale, zh))
                   : fmt::format("从秤台取下 {} × {}（{}）", order.pieces, mass, kind);
        return text + (order.stay == 0 ? "；此类全部取下"
                                       : fmt::format("；此后台上为 {} × {}", order.stay, mass));
    }
    text = put ? fmt::format("put {} x {} ({}) on the scale, {}", order.pieces, mass, kind,
                             place(order, scale, zh))
               : fmt::format("take {} x {} ({}) off the scale", order.pieces, mass, kind);
    return text + (order.stay == 0 ? "; none of them stays"
                                   : fmt::format("; then {} x {} lie there", order.stay, mass));
}

}  // namespace

std::string orderText(const LoadOrder& order, const ScaleModel& scale, Language language) {
    using Act = LoadOrder::Act;
    const bool zh = language == Language::zh;
    const std::string mass = order.mass.text(scale.unit) + " " + symbol(scale.unit);
    constexpr double percent = 100.0;
    switch (order.act) {
        case Act::put:
        case Act::take:
            return putOrTake(order, scale, zh);
        case Act::addMaterial:
            return zh ? fmt::format("向最后一份替代物加约 {}", mass)
                      : fmt::format("add about {} to the last substitution load", mass);
        case Act::takeMaterial:
            return zh ? fmt::format("从最后一份替代物取下约 {}", mass)
                      : fmt::format("take about {} from the last substitution load", mass);
        case Act::rollOff:
            return zh ? "将车辆驶离秤台" : "drive the rolling load off the scale";
        case Act::press:
            return zh ? fmt::format("以约 {} 的力按压空秤台后松开，并立即继续", mass)
                      : fmt::format("press on the deck with about {}, let go, and go on at once",
                                    mass);
        case Act::supplyOn:
            return zh ? "接通称重指示器电源" : "switch the indicator on";
        case Act::supplyOff:
            return zh ? "断开称重指示器电源" : "switch the indicator off";
        case Act::radioOn:
            return zh ? "在指示器旁按住对讲机发射键"
                      : "press the key of a hand radio beside the indicator and keep it pressed";
        case Act::radioOff:
            return zh ? "松开对讲机发射键" : "let go of the radio's key";
        case Act::trimCell:
            return zh ? fmt::format("在接线盒内调整传感器 {}，使其示值变化 {:+.3f} %",
                                    scale.cells.at(order.cell).id, order.change * percent)
                      : fmt::format("in the junction box, trim cell {} so that it counts {:+.3f} %",
                                    scale.cells.at(order.cell).id, order.change * percent);
        case Act::adjustZero:
            return zh ? "空秤：在指示器按键上进行零点标定"
                      : "the scale is empty: adjust its zero at the indicator's keys";
        case Act::adjustSpan:
            return zh ? fmt::format("秤台上为 {}：在指示器按键上进行量程标定", mass)
                      : fmt::format("{} lie on the scale: adjust its span at the indicator's keys",
                                    mass);
        case Act::seal:
            return zh ? "退出标定并加封" : "leave the adjustment and close its seal";
    }
    return {};
}

std::string deckSketch(const LoadOrder& order, const ScaleModel& scale) {
    if (order.act != LoadOrder::Act::put && order.act != LoadOrder::Act::take) return {};
    // Two cells to a line of supports, one at each side.
    std::string sides[2];
    for (std::size_t cell = 0; cell < scale.cells.size(); ++cell) {
        const bool here = !order.support || *order.support == cell;
        const std::string& id = scale.cells[cell].id;
        sides[cell % 2] += fmt::format(fmt::runtime(here ? " [{}] " : "  {}  "), id);
    }
    return "   |" + sides[0] + "|\n   |" + sides[1] + "|\n";
}

}  // namespace jh
