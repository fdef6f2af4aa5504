// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/paper/forms.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "hil/paper/form_parts.h"
#include "hil/paper/form_style.h"
#include "hil/report/markup.h"
#include "sim/base/check.h"

namespace jh {

namespace {

constexpr std::pair<const char*, Form> names[] = {
    {"auto", Form::automatic}, {"record", Form::record}, {"certificate", Form::certificate},
    {"notice", Form::notice},  {"r76-2", Form::r76_2},   {"hb44", Form::hb44}};

std::string bodyOf(const FormSource& source, Form form) {
    switch (form) {
        case Form::certificate:
            return jjgCertificateForm(source, true);
        case Form::notice:
            return jjgCertificateForm(source, false);
        case Form::r76_2:
            return r76SheetsForm(source);
        case Form::hb44:
            return hb44ReportForm(source);
        case Form::record:
        case Form::automatic:
            break;
    }
    return jjgRecordForm(source);
}

/// A text between the quotes of a style sheet, itself inside <style>.
std::string quotedInStyle(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '"' || c == '\\' || c == '<' || c == '&' || c == '\n') continue;
        out += c;
    }
    return "\"" + out + "\"";
}

/// Foot of every page: what the paper was made from, and its number.
std::string pageStyle(const FormSource& source) {
    const Say& say = source.say;
    const std::string made = fmt::format(
        "{} · {} {} · jianheng {} ({})", source.record.scenario.name, say("seed"),
        source.record.scenario.seed, source.record.programVersion, source.record.programCommit);
    const std::string page = say.chinese()
                                 ? "\"第 \" counter(page) \" 页，共 \" counter(pages) \" 页\""
                                 : "\"Page \" counter(page) \" of \" counter(pages)";
    std::string style =
        fmt::format("@page {{ @bottom-left {{ content: {}; }} @bottom-right {{ content: {}; }}",
                    quotedInStyle(made), page);
    if (source.simulated) {
        style += fmt::format(" @top-center {{ content: {}; }}",
                             quotedInStyle(say("SIMULATED SCALE, without legal force")));
    }
    return style + " }\n";
}

}  // namespace

const std::vector<std::string>& formNames() {
    static const std::vector<std::string> all = [] {
        std::vector<std::string> list;
        for (const auto& [name, form] : names) list.emplace_back(name);
        return list;
    }();
    return all;
}

Form formNamed(std::string_view name) {
    const auto* const found = std::find_if(std::begin(names), std::end(names),
                                           [&](const auto& known) { return known.first == name; });
    JH_CHECK(found != std::end(names));
    return found->second;
}

std::vector<Form> automaticForms(const StoredRecord& record) {
    const std::string& id = record.scenario.regulation.id;
    if (id.find("R 76") != id.npos) return {Form::r76_2};
    if (isHandbook44(record.scenario.regulation)) return {Form::hb44};
    if (!id.starts_with("JJG")) return {Form::record};
    for (const Form paper : {Form::certificate, Form::notice}) {
        if (formProblem(record, paper).empty()) return {Form::record, paper};
    }
    return {Form::record};
}

std::string formProblem(const StoredRecord& record, Form form) {
    const Verdict verdict = record.result.verdict;
    const bool inUse = !givesValidity(record.scenario.regulation);
    if (form == Form::certificate && verdict != Verdict::pass) {
        return fmt::format(
            "no certificate for the verdict {}; --form notice names what failed, "
            "--form record prints what was measured",
            word(verdict));
    }
    if (form == Form::certificate && inUse) {
        return "an inspection in use gives no certificate; --form notice tells its result";
    }
    const bool decided = verdict == Verdict::fail || (inUse && verdict == Verdict::pass);
    if (form == Form::notice && !decided) {
        return fmt::format("no notice for the verdict {}; --form {} fits", word(verdict),
                           verdict == Verdict::pass ? "certificate" : "record");
    }
    return {};
}

std::string formHtml(const StoredRecord& record, Form form, Language language) {
    const Say say{language};
    const FormSource source{record,
                            say,
                            Masses{record.unit},
                            particularsOf(record, say),
                            isSimulated(record.result),
                            limitName(record.scenario.regulation, say)};
    const std::vector<Form> forms =
        form == Form::automatic ? automaticForms(record) : std::vector{form};
    std::string body;
    for (const Form one : forms)
        body += tag(body.empty() ? "div" : "div class=\"next-page\"", bodyOf(source, one)) + "\n";
    const std::string head = "<meta charset=\"utf-8\"/>" +
                             tag("title", escaped(source.particulars.title)) + "\n" +
                             tag("style", formStyle + pageStyle(source));
    return "<!DOCTYPE html>\n" +
           tag(say.chinese() ? "html lang=\"zh-CN\"" : "html lang=\"en\"",
               tag("head", head) + "\n" + tag("body", "\n" + body)) +
           "\n";
}

}  // namespace jh
