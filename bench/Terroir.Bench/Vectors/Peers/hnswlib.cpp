// The peer of 'Terroir.Bench peers': hnswlib with a filter in C++, one thread, processor time, medians of five.
// usage: hnswlib-peer FOLDER GRAPH COUNT QUERIES DIMENSIONS FILTERS; prints a JSON object a line.
#include <hnswlib/hnswlib.h>
#include <time.h>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

static double now(clockid_t clock) {
    timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

template <typename T>
static std::vector<T> read(const std::string& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    std::vector<T> values(file.tellg() / sizeof(T));
    file.seekg(0);
    file.read(reinterpret_cast<char*>(values.data()), values.size() * sizeof(T));
    return values;
}

struct Bits : hnswlib::BaseFilterFunctor {
    const std::vector<unsigned long>& words;
    explicit Bits(const std::vector<unsigned long>& words) : words(words) {}
    bool operator()(hnswlib::labeltype id) override { return words[id >> 6] >> (id & 63) & 1; }
};

int main(int argc, char** argv) {
    const std::string folder = argv[1], graph = argv[2];
    const size_t count = atol(argv[3]), queryCount = atol(argv[4]), dimensions = atol(argv[5]);
    const int filterCount = atoi(argv[6]), resultCount = 10, repetitions = 5;
    hnswlib::InnerProductSpace space(dimensions);
    const auto queries = read<float>(folder + "/query.f32");
    hnswlib::HierarchicalNSW<float>* index;
    double build = 0;
    std::ifstream kept(graph + ".seconds");
    if (kept >> build) {
        index = new hnswlib::HierarchicalNSW<float>(&space, graph);
    } else {
        const auto vectors = read<float>(folder + "/base.f32");
        index = new hnswlib::HierarchicalNSW<float>(&space, count, 16, 128);
        const double before = now(CLOCK_THREAD_CPUTIME_ID);
        for (size_t row = 0; row < count; row++) index->addPoint(vectors.data() + row * dimensions, row);
        build = now(CLOCK_THREAD_CPUTIME_ID) - before;
        index->saveIndex(graph);
        std::ofstream(graph + ".seconds") << build;
    }

    const double bytes = static_cast<double>(index->indexFileSize()) / count;
    const std::vector<std::vector<int>> efs = {
        {10, 15, 20, 30, 40, 60, 80, 120, 200, 400}, {20, 40, 80, 160, 320}};
    for (int filter = 0; filter < filterCount; filter++) {
        const auto words = read<unsigned long>(folder + "/filter" + std::to_string(filter) + ".bits");
        Bits bits(words);
        size_t allowed = 0;
        for (auto word : words) allowed += __builtin_popcountl(word);
        const bool narrow = !words.empty() && allowed * 50 < count;
        const size_t asked = narrow ? std::min<size_t>(queryCount, allowed * 500 < count ? 20 : 50) : queryCount;
        for (int ef : efs[narrow]) {
            index->setEf(ef);
            std::vector<double> seconds;
            std::vector<std::vector<size_t>> rows(asked);
            for (int repetition = 0; repetition < repetitions; repetition++) {
                const double before = now(CLOCK_THREAD_CPUTIME_ID);
                for (size_t query = 0; query < asked; query++) {
                    auto found = index->searchKnn(
                        queries.data() + query * dimensions, resultCount, words.empty() ? nullptr : &bits);
                    rows[query].clear();
                    for (; !found.empty(); found.pop()) rows[query].push_back(found.top().second);
                }
                seconds.push_back(now(CLOCK_THREAD_CPUTIME_ID) - before);
            }
            std::sort(seconds.begin(), seconds.end());
            printf("{\"filter\":%d,\"setting\":\"ef %d\",\"qps\":%.2f,\"build\":%.2f,\"bytes\":%.1f,\"rows\":[",
                filter, ef, asked / seconds[repetitions / 2], build, bytes);
            for (size_t query = 0; query < asked; query++) {
                printf("%s[", query ? "," : "");
                for (size_t at = 0; at < rows[query].size(); at++) printf("%s%zu", at ? "," : "", rows[query][at]);
                printf("]");
            }
            printf("]}\n");
            fflush(stdout);
        }
    }
}
