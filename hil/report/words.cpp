// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/report/words.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "sim/base/check.h"

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
    {"signal source", "信号源"},
    {"one step", "最小步长"},
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
    {"● by a test named for it  ◐ by another test  · not found  ? not all tests could be done; at "
     "0.5, 1 and 2 times its size, once where it has none",
     "● 由指定项目发现  ◐ 由其他项目发现  · 未发现  ? 有项目无法完成；分别为典型值的 0.5、1、2 "
     "倍，无大小之分的只做一次"},
    {"The number is the smallest part of the fault's typical size at which the test fails; framed: "
     "the catalogue names the test for the fault.",
     "数字为使该项目不合格的最小故障倍数；加框者为目录中指定的项目。"},
    {"detection matrix", "故障检出矩阵"},
    {"false alarms", "误判（健康衡器不合格）"},
    {"why not", "未检出原因"},
    {"report", "报告"},
    {"weights, t", "砝码 t"},
    {"wind, m/s", "风速 m/s"},
    {"bad scales passed", "不合格衡器判为合格"},
    {"good scales failed", "合格衡器判为不合格"},
    {"not all tests done", "有项目无法完成"},
    {"risk of a verification", "检定的误判风险"},
    {"no such scale", "无此类衡器"},
    {"Scales as found, drawn from service records; bad: a true error beyond its limit at a load "
     "that is judged. Whiskers: 95 % intervals after Wilson.",
     "衡器状态按维修记录的分布抽取；不合格指在被判定的载荷处真实误差超过允差。误差线为 Wilson "
     "95 % 置信区间。"},
    {"weights", "砝码"},
    {"material", "替代物"},
    {"blocks", "大砝码"},
    {"hand weights", "手提砝码"},
    {"mpe / 3", "允差 / 3"},
    {"weights' mpe", "砝码允差"},
    {"substitutions", "替代次数"},
    {"repeatability", "重复性"},
    {"any within the mpe", "允差内任意值"},
    {"the least", "最少量"},
    {"there", "已备"},
    {"not there", "不足"},
    {"rolling", "滚动载荷"},
    {"section", "承载段"},
    {"creep", "蠕变"},
    {"after", "扰动后"},
    {"warm-up", "预热"},
    {"largest load taken for zero:", "可置零的最大载荷："},
    {"zero key", "置零键"},
    {"switching on", "开机"},
    {"zero tracking", "零点跟踪"},
    {"tare of", "除皮"},
    {"interval at", "分度值，"},
    {"last indication above Max", "超最大秤量的最后示值"},
    {"second display", "第二指示装置"},
    {"no-load drift", "空载温度影响"},
    {"measurement No.", "第次测量"},
    {"weights on an unknown load", "未知载荷上加砝码"},
    {"change of zero", "零点变化"},
    {"as found", "调整前"},
    {"as left", "调整后"},
    {"adjustment", "调整"},
    {"own procedure", "自定程序"},
    {"module", "模块试验"},
    {"a load put on at once is shown", "一次加上的载荷有示值"},
    {"a load put on at once is swallowed", "一次加上的载荷被置零跟踪吞没"},
    {"in operation where it must not be", "在不应运行处运行"},
    {"in operation; out of its working range at the zero load", "运行；零点载荷下超出工作范围"},
    {"non-existent or not in operation", "无此装置或未运行"},
    {"out of its working range at the zero load", "零点载荷下超出工作范围"},
    {"radio on", "射频干扰"},
    {"near zero in the lowest range, after", "返回最小量程后近零示值变化，"},
    {"drawn", "随机"},
    {"cable of", "加长电缆"},
    {"at", "温度"},
    {"taken", "接受"},
    {"refused", "拒绝"},
    {"no second display", "无第二指示装置"},
    {"subsequent", "后续检定"},
    {"in_use", "使用中检查"},
    {"in_service", "使用中检验"},
    {"type", "型式评价"},
    {"acceptance", "验收"},
    {"maintenance", "维护"},
    // Suites
    {"scenario", "场景"},
    {"scenarios", "场景"},
    {"result", "结果"},
    {"results", "结果"},
    {"as expected", "符合预期"},
    {"not as expected", "不符合预期"},
    {"quarantined", "隔离"},
    {"quarantined until", "隔离至"},
    {"its quarantine is over since", "隔离已于此日到期："},
    {"over", "已到期"},
    {"missing", "缺失"},
    {"changed against the baseline", "与基准相比有变化"},
    {"against the baseline", "与基准不同"},
    {"change", "变化"},
    {"largest change", "最大变化"},
    {"nothing", "无"},
    {"reason", "原因"},
    {"until", "截止日期"},
    {"tried more than once", "多次尝试"},
    {"attempts", "各次结果"},
    {"trend", "趋势"},
    {"version", "版本"},
    {"rows not shown", "未列出的行数"},
    // stages of a regulation
    {"in-use", "使用中检查"},
    {"in-service", "使用中检验"},
    // steps of the work
    {"set up", "准备"},
    {"adjust zero", "零点标定"},
    {"adjust span", "量程标定"},
    {"small weights", "加减小砝码"},
    {"substitution material", "搬运替代物"},
    {"trim material", "增减替代物"},
    {"tare load", "搬运皮重载荷"},
    {"settle", "静置"},
    {"read", "读数"},
    {"zero", "置零"},
    {"rolling load", "滚动载荷"},
    {"forward", "正向"},
    {"reverse", "反向"},
    {"disturb", "扰动"},
    {"wait", "等待"},
    {"trim corner", "调整角差"},
    {"clear tare", "清皮"},
    {"seal", "封印"},
    {"read identity", "读取标识"},
    {"insert cable", "接入电缆电阻"},
    {"climate chamber", "温度试验箱"},
};

/// Findings of procedures and marks of certainty; {} stands for a number or a name, which is
/// itself looked up.
constexpr Phrase patterns[] = {
    {"{} %, forward", "{} %，正向"},
    {"{} %, reverse", "{} %，反向"},
    {"print {}", "打印 {}"},
    {"zero {}", "置零 {}"},
    {"tare {}", "除皮 {}"},
    {"no change-over within {} e", "{} e 以内未出现闪变点"},
    {"{}: taking off 1 d does not move the indication", "{}：取下 1 d 后示值不变"},
    {"the weights at hand do not make up {}", "现有砝码配不成 {}"},
    {"not enough weights: {} pieces of {} are needed at one support",
     "砝码不足：每个支承点需要 {} 块 {} 砝码"},
    {"not enough weights: a repeatability of {} asks for {}, at hand are {}, missing are {}",
     "砝码不足：重复性为 {}，需要砝码 {}，现有 {}，尚缺 {}"},
    {"repeatability {}: {} = {} of weights are asked for, at hand are {}",
     "重复性 {}：需要砝码 {} = {}，现有 {}"},
    {"no substitution: the repeatability of {} is outside every rule",
     "不能替代：重复性 {} 超出各档规定"},
    {"repeatability is not known", "重复性未知"},
    {"the weighing series did not come to its end", "称量试验未能完成"},
    {"the indicator reports a fault of its input", "指示器报告输入故障"},
    {"the indication does not come to rest", "示值不能稳定"},
    {"no weight value: overload", "无示值：过载"},
    {"no weight value: underload", "无示值：欠载"},
    {"no weight value is shown", "无示值"},
    {"no net value is shown", "未显示净重"},
    {"refused: {}", "指示器拒绝执行：{}"},
    {"adjustment: {}", "标定：{}"},
    {"value from {}, verify against the regulation's text", "取值来自{}，须与规程原文核对"},
    {"value from {}, verify against the year's edition", "取值来自{}，须与当年版本核对"},
    {"value from {}, verify", "取值来自{}，须核对"},
    {"which tests and loads at this stage is not certain, verify against the regulation's text",
     "本阶段的项目和载荷未能确定，须与规程原文核对"},
    {"general knowledge of {}", "对 {} 的一般了解"},
    {"memory of {} editions up to {}", "对 {}（{} 年及以前版本）的记忆"},
    {"not done: {}", "未进行：{}"},
    {"not enough weights: {} pieces of {} are needed at one section, at hand are {}",
     "砝码不足：每个承载段需要 {} 块 {} 砝码，现有 {} 块"},
    {"not enough weights: {} substitutions would be needed, allowed are {}",
     "砝码不足：需替代 {} 次，允许 {} 次"},
    {"not enough weights: at least {} are asked for, at hand are {}, missing are {}",
     "砝码不足：至少需要 {}，现有 {}，尚缺 {}"},
    {"weights of class {} may be {} off at {}, a third of the mpe is {}",
     "{} 级砝码误差可达 {}（载荷 {}），允差的三分之一为 {}"},
    {"a rolling load of {} is more than {}", "滚动载荷 {} 超过 {}"},
    {"there is no rolling load among the weights", "没有滚动载荷"},
    {"the temperature changed by {} only; {} are asked for", "温度仅变化 {}，要求 {}"},
    {"there is no thermometer", "没有温度计"},
    {"the weights at hand do not lead beyond {}", "现有砝码达不到 {} 以上"},
    {"without load the interval stays {}", "空载时分度值仍为 {}"},
    {"there is no climate chamber", "没有温度试验箱"},
    {"a signal source has no junction box", "信号源没有接线盒"},
    {"a second display has no keys", "第二指示装置没有按键"},
    {"there is no cable to insert", "没有可接入的电缆"},
    {"dark for half an hour after start", "开机半小时仍无示值"},
    {"is not stable after a disturbance", "扰动后示值不能稳定"},
    {"within the limit by less than its uncertainty", "距允差不足其不确定度"},
    {"the second display shows nothing", "第二指示装置无示值"},
    {"the weights at hand reach Max by themselves", "现有砝码已达最大秤量"},
    {"not enough hand weights to go {} above Max", "手提砝码不足以超过最大秤量 {}"},
    {"the bench has no hand on supply, thermometer or radio", "试验台无法控制电源、温度计或电台"},
};

constexpr std::string_view gap = "{}";

/// What stands in the gaps of a pattern; nothing when the text is not of its form.
std::optional<std::vector<std::string_view>> matched(std::string_view pattern,
                                                     std::string_view text) {
    std::vector<std::string_view> found;
    std::size_t next = pattern.find(gap);
    if (!text.starts_with(pattern.substr(0, next))) return std::nullopt;
    if (next == pattern.npos) return text == pattern ? std::optional{found} : std::nullopt;
    text.remove_prefix(next);
    while (next != pattern.npos) {
        pattern.remove_prefix(next + gap.size());
        next = pattern.find(gap);
        const std::string_view literal = pattern.substr(0, next);
        // The last literal ends the text; an empty one takes all the rest.
        const bool last = next == pattern.npos;
        if (last && !text.ends_with(literal)) return std::nullopt;
        const std::size_t at = last ? text.size() - literal.size() : text.find(literal);
        if (at == text.npos) return std::nullopt;
        found.push_back(text.substr(0, at));
        text.remove_prefix(at + literal.size());
    }
    return found;
}

/// The Chinese text of a pattern with its gaps filled.
std::string filled(std::string_view chinese, const std::vector<std::string_view>& parts) {
    std::string out;
    for (const std::string_view part : parts) {
        const std::size_t at = chinese.find(gap);
        out += chinese.substr(0, at);
        out += phrase(part, Language::zh);
        chinese.remove_prefix(at + gap.size());
    }
    out += chinese;
    return out;
}

constexpr std::pair<MeasurementKind, const char*> kindNames[] = {
    {MeasurementKind::appearance, "appearance"},
    {MeasurementKind::identity, "identity"},
    {MeasurementKind::zeroError, "zero_error"},
    {MeasurementKind::support, "support"},
    {MeasurementKind::placement, "placement"},
    {MeasurementKind::range, "range"},
    {MeasurementKind::up, "up"},
    {MeasurementKind::down, "down"},
    {MeasurementKind::substitution, "substitution"},
    {MeasurementKind::match, "match"},
    {MeasurementKind::tareAccuracy, "tare_accuracy"},
    {MeasurementKind::net, "net"},
    {MeasurementKind::putBack, "put_back"},
    {MeasurementKind::oneInterval, "one_interval"},
    {MeasurementKind::zeroReturn, "zero_return"},
    {MeasurementKind::rolling, "rolling"},
    {MeasurementKind::section, "section"},
    {MeasurementKind::creep, "creep"},
    {MeasurementKind::equilibrium, "equilibrium"},
    {MeasurementKind::warmUp, "warm_up"},
    {MeasurementKind::zeroRange, "zero_range"},
    {MeasurementKind::trackingState, "tracking_state"},
    {MeasurementKind::tareRange, "tare_range"},
    {MeasurementKind::interval, "interval"},
    {MeasurementKind::lastShown, "last_shown"},
    {MeasurementKind::agreement, "agreement"},
    {MeasurementKind::noLoadDrift, "no_load_drift"},
    {MeasurementKind::spanStability, "span_stability"},
    {MeasurementKind::strain, "strain"},
    {MeasurementKind::zeroBalance, "zero_balance"},
    {MeasurementKind::asFound, "as_found"},
    {MeasurementKind::asLeft, "as_left"},
    {MeasurementKind::radio, "radio"},
    {MeasurementKind::rangeReturn, "range_return"},
    {MeasurementKind::sense, "sense"},
    {MeasurementKind::temperature, "temperature"},
};

}  // namespace

std::string phrase(std::string_view english, Language language) {
    if (language == Language::zh) {
        for (const auto& [en, zh] : phrases) {
            if (en == english) return std::string{zh};
        }
        for (const auto& [en, zh] : patterns) {
            if (const auto parts = matched(en, english)) return filled(zh, *parts);
        }
    }
    return std::string{english};
}

const char* kindName(MeasurementKind kind) {
    const auto* const found = std::find_if(std::begin(kindNames), std::end(kindNames),
                                           [&](const auto& known) { return known.first == kind; });
    JH_CHECK(found != std::end(kindNames));
    return found->second;
}

std::optional<MeasurementKind> kindNamed(std::string_view name) {
    for (const auto& [kind, known] : kindNames) {
        if (known == name) return kind;
    }
    return std::nullopt;
}

std::string loadText(const std::string& text, Language language) {
    return text == "Max" ? text : phrase(text, language);
}

std::string label(const Measurement& m, Language language) {
    const auto with = [&](const char* english) {
        const std::string what = phrase(english, language);
        // A full-width sign brings its own blank.
        const bool wide = what.ends_with("，") || what.ends_with("：");
        return what + (wide ? "" : " ") + loadText(m.detail, language);
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
            // "2", or with the load where there are several: "2, Max".
            if (const std::size_t comma = m.detail.find(", ");
                language == Language::zh && comma != m.detail.npos) {
                return "第 " + m.detail.substr(0, comma) + " 次，" + m.detail.substr(comma + 2);
            }
            return language == Language::zh ? "第 " + m.detail + " 次" : with("placement");
        case MeasurementKind::range:
            return m.detail.empty() ? phrase("range Pmax - Pmin", language)
                                    : with("range Pmax - Pmin");
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
        case MeasurementKind::rolling:
            return with("rolling");
        case MeasurementKind::section:
            return with("section");
        case MeasurementKind::creep:
            return with("creep");
        case MeasurementKind::equilibrium:
            return with("after");
        case MeasurementKind::warmUp:
            return with("warm-up");
        case MeasurementKind::zeroRange:
            return with("largest load taken for zero:");
        case MeasurementKind::trackingState:
            return phrase("zero tracking", language);
        case MeasurementKind::tareRange:
            return with("tare of");
        case MeasurementKind::interval:
            return with("interval at");
        case MeasurementKind::lastShown:
            return phrase("last indication above Max", language);
        case MeasurementKind::agreement:
            return with("second display");
        case MeasurementKind::noLoadDrift:
            return with("no-load drift");
        case MeasurementKind::spanStability:
            return with("measurement No.");
        case MeasurementKind::strain:
            return with("weights on an unknown load");
        case MeasurementKind::zeroBalance:
            return phrase("change of zero", language);
        case MeasurementKind::asFound:
            return with("as found");
        case MeasurementKind::asLeft:
            return with("as left");
        case MeasurementKind::radio:
            return phrase("radio on", language);
        case MeasurementKind::rangeReturn:
            return with("near zero in the lowest range, after");
        case MeasurementKind::sense:
            return with("cable of");
        case MeasurementKind::temperature:
            return with("at");
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
