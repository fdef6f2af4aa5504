// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/report/words.h"

namespace jh {

namespace {

struct Phrase {
    std::string_view en, zh;
};
constexpr Phrase phrases[] = {
    {"pass", "合格"},
    {"fail", "不合格"},
    {"error", "出错"},
    {"invalid", "无效"},
    {"interrupted", "中断"},
    {"not_run", "未做"},
    {"yes", "是"},
    {"no", "否"},
    {"verdict", "结论"},
    {"regulation", "规程"},
    {"initial", "首次检定"},
    {"scale", "秤"},
    {"seed", "种子"},
    {"simulated time", "模拟时间"},
    {"measurement", "测量"},
    {"failing tests", "不合格项目"},
    {"as the scenario expects", "与场景预期一致"},
    {"NOT as the scenario expects", "与场景预期不一致"},
    {"expected", "预期"},
    {"record", "记录"},
    {"E0 at zero load", "零点误差 E0"},
    {"E0 before", "零点误差 E0，"},
    {"support", "支承点"},
    {"range Pmax - Pmin", "极差 Pmax - Pmin"},
    {"up", "加载"},
    {"down", "卸载"},
    {"substitution, weights", "替代（砝码）"},
    {"substitution, material", "替代（替代物）"},
    {"tare", "除皮"},
    {"net", "净重"},
    {"put back at", "放回小砝码，"},
    {"1.4 d at", "加 1.4 d，"},
    {"zero return", "零点回复"},
    {"Max", "最大秤量"},
    {"e", "检定分度值 e"},
    {"firmware", "软件版本"},
    {"serial number", "出厂编号"},
    {"parameter checksum", "参数校验和"},
    {"event counter", "事件计数"},
    {"finding", "发现"},
    {"load", "载荷 L"},
};

}  // namespace

std::string phrase(std::string_view english, Language language) {
    if (language == Language::zh) {
        for (const auto& [en, zh] : phrases) {
            if (en == english) return std::string{zh};
        }
    }
    return std::string{english};
}

std::string label(const Measurement& m, Language language) {
    const auto with = [&](const char* english) {
        return phrase(english, language) + " " + m.detail;
    };
    switch (m.kind) {
        case MeasurementKind::appearance:
            return language == Language::zh && !m.detailZh.empty() ? m.detailZh : m.detail;
        case MeasurementKind::identity:
            return phrase(m.detail, language);
        case MeasurementKind::zeroError:
            return m.detail.empty() ? phrase("E0 at zero load", language) : with("E0 before");
        case MeasurementKind::support:
            return with("support");
        case MeasurementKind::placement:
            return language == Language::zh ? "第 " + m.detail + " 次" : with("placement");
        case MeasurementKind::range:
            return phrase("range Pmax - Pmin", language);
        case MeasurementKind::up:
            return with("up");
        case MeasurementKind::down:
            return with("down");
        case MeasurementKind::substitution:
            return with("substitution, weights");
        case MeasurementKind::match:
            return with("substitution, material");
        case MeasurementKind::tareAccuracy:
            return phrase("tare", language);
        case MeasurementKind::net:
            return with("net");
        case MeasurementKind::putBack:
            return with("put back at");
        case MeasurementKind::oneInterval:
            return with("1.4 d at");
        case MeasurementKind::zeroReturn:
            break;
    }
    return phrase("zero return", language);
}

std::size_t displayWidth(std::string_view utf8) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        if (byte >= 0xE3 && byte < 0xF0) {
            width += 2;  // the three-byte block of CJK and full-width forms
        } else if ((byte & 0xC0) != 0x80) {
            width += 1;
        }
    }
    return width;
}

std::string padLeft(const std::string& text, std::size_t width) {
    const std::size_t have = displayWidth(text);
    return have < width ? std::string(width - have, ' ') + text : text;
}

std::string padRight(const std::string& text, std::size_t width) {
    const std::size_t have = displayWidth(text);
    return have < width ? text + std::string(width - have, ' ') : text;
}

}  // namespace jh
