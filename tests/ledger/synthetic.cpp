#include "tests/ledger/synthetic.h"

#include "pipeline/ledger/database.h"

#include <cstdlib>
#include <fstream>
#include <numeric>
#include <random>
#include <unistd.h>

namespace dengji::ledger::synthetic {
namespace fs = std::filesystem;
namespace {

using reading::PageResult;
using reading::Reading;

// The register brings every page to the disk, which takes a real disk milliseconds: these tests, which write many, lie
// in memory where they can.
[[maybe_unused]] const bool in_memory = [] {
    if (::access("/dev/shm", W_OK) == 0) ::setenv("TMPDIR", "/dev/shm", 0);
    return true;
}();

const Reason torn = {"page-torn", "页面残缺", "the page is torn"};
const Reason unsure = {"not-sure", "识别没有把握", "not sure of a character"};

std::string digits(std::mt19937& random, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += static_cast<char>('0' + random() % 10);
    return text;
}

Reading reading_of(std::mt19937& random, const std::string& key, reading::Value value) {
    Reading reading;
    reading.key = key;
    if (const auto* text = std::get_if<std::string>(&value)) reading.raw = *text;
    reading.value = std::move(value);
    reading.confidence = static_cast<double>(random() % 1000) / 1000;
    reading.review = reading.confidence < 0.3;
    if (reading.review) reading.reasons = {unsure};
    const float x = static_cast<float>(random() % 2000);
    reading.box = {cv::Point2f(x, 10), cv::Point2f(x + 90, 10), cv::Point2f(x + 90, 40), cv::Point2f(x, 40)};
    reading.recogniser = "synthetic";
    reading.alternatives = {"甲", "乙"};
    return reading;
}

} // namespace

PageResult failed_page(int page) {
    PageResult result;
    result.page = page;
    result.failed = true;
    result.reasons = {torn};
    return result;
}

PageResult sheet(unsigned seed, int page) {
    std::mt19937 random(seed);
    static const std::vector<std::string> names = {"赵试验", "钱样本", "孙示例", "李虚构"};
    PageResult result;
    result.page = page;
    result.kind = "registration";
    result.form = "registration-2020";
    result.orientation = 90 * static_cast<int>(random() % 4);
    result.quality.dpi = 200;
    result.readings = {
        reading_of(random, "name", names[random() % names.size()]),
        reading_of(random, "id_number", "500000" + digits(random, 12)),
        reading_of(random, "unemployed_since", std::string("2020-0") + static_cast<char>('1' + random() % 9)),
        reading_of(random, "education", std::vector<std::string>{"大专"}),
        reading_of(random, "categories", std::vector<std::string>{"低保人员", "残疾人"}),
        reading_of(random, "remarks", std::string()),
        reading_of(random, "signature", random() % 2 == 0),
    };
    result.ms = {{"layout", static_cast<double>(random() % 50)}};
    return result;
}

std::vector<Delivery> stack(unsigned seed, int files, int pages_each) {
    std::mt19937 random(seed);
    std::vector<Delivery> stack;
    for (int i = 0; i < files; ++i) {
        Delivery delivery;
        delivery.name = "scan " + std::to_string(i) + ".pdf";
        delivery.content = "%PDF- a made-up file " + std::to_string(seed) + " " + std::to_string(i);
        for (int page = 1; page <= pages_each; ++page) {
            const auto dice = random() % 10;
            PageResult result = dice == 0 ? failed_page(page) : sheet(static_cast<unsigned>(random()), page);
            if (dice == 1 || dice == 2) {
                result = {};
                result.page = page;
                result.kind = dice == 1 ? "blank" : "other";
                if (dice == 2) result.reasons = {{"no-table", "没有表格", "there is no table"}};
            }
            delivery.pages.push_back(result);
        }
        stack.push_back(delivery);
    }
    if (files > 2) {
        stack[2].content = stack[1].content;
        stack[2].pages = stack[1].pages;
    }
    return stack;
}

void write_stack(const std::vector<Delivery>& stack, const fs::path& folder) {
    fs::create_directories(folder);
    for (const auto& delivery : stack) std::ofstream(folder / delivery.name) << delivery.content;
}

void run_stack(Register& the_register, const std::vector<Delivery>& stack, const fs::path& folder, unsigned seed,
               const std::function<void()>& before_page) {
    std::mt19937 random(seed);
    std::vector<std::size_t> order(stack.size());
    std::iota(order.begin(), order.end(), 0u);
    if (seed != 0) std::shuffle(order.begin(), order.end(), random);
    const Batch batch = the_register.begin_batch({folder});
    for (const auto index : order) {
        const Delivery& delivery = stack[index];
        const File file =
            the_register.add_file(batch.id, static_cast<int>(index), folder / delivery.name, delivery.name);
        the_register.record_page_count(file, static_cast<int>(delivery.pages.size()));
        auto pages = delivery.pages;
        if (seed != 0) std::shuffle(pages.begin(), pages.end(), random);
        for (const auto& page : pages) {
            before_page();
            if (!the_register.is_page_done(file.sha256, page.page)) the_register.record_page(batch.id, file, page);
        }
    }
    the_register.finish_batch(batch.id);
}

std::string dump(const fs::path& data_folder) {
    Database database(data_folder / "register.sqlite");
    std::string text;
    const auto add = [&](std::initializer_list<std::string_view> columns, std::string_view rest) {
        Cursor row = database.select(columns, rest);
        while (row.next()) {
            for (std::size_t i = 0; i < columns.size(); ++i) text += (row.is_null(i) ? "(null)" : row.text(i)) + "|";
            text += "\n";
        }
    };
    add({"sha256", "bytes", "original", "page_count", "problem", "first_batch", "first_position"},
        "from files order by sha256");
    add({"sha256", "number", "status", "kind", "form", "form_page", "paper", "orientation", "quality", "reasons"},
        "from pages join files on files.id = file_id order by sha256, number");
    add({"sha256", "number", "key", "position", "type", "value", "raw", "confidence", "review", "readings.reasons",
         "box", "recogniser", "alternatives"},
        "from readings join pages on pages.id = page_id join files on files.id = file_id order by sha256, number, "
        "position");
    add({"registrations.id", "sha256", "number", "registrations.form"},
        "from registrations join pages on pages.id = page_id join files on files.id = file_id order by "
        "registrations.id");
    add({"registration_id", "key", "position", "type", "value", "review", "origin"},
        "from registration_values order by registration_id, position");
    add({"paper_file.sha256", "paper.number", "sheet_file.sha256", "sheet.number"},
        "from attachments join pages paper on paper.id = page_id join files paper_file on paper_file.id = "
        "paper.file_id "
        "join pages sheet on sheet.id = sheet_page_id join files sheet_file on sheet_file.id = sheet.file_id "
        "order by paper_file.sha256, paper.number");
    add({"action", "subject", "details"},
        "from events where subject_kind in ('page', 'registration') order by subject, action, details");
    return text;
}

} // namespace dengji::ledger::synthetic
