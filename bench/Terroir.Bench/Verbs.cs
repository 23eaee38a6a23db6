namespace Terroir.Bench;

/// <summary>The verbs, one for each question.</summary>
internal static class Verbs
{
    private static readonly Dictionary<string, (string What, Func<string[], CancellationToken, Task> RunAsync)> All =
        new(StringComparer.Ordinal)
        {
            ["quality"] = ("nDCG@10 of the judged collections, by 'terroir eval'", QualityMeasures.RunAsync),
            ["search"] = ("search under a permission bitmap against Lucene's IndexSearcher", SearchBenchmark.RunAsync),
            ["text"] = ("text search in processor time, and how well it ranks, against Lucene.Net [--json FILE]",
                TextMeasures.RunAsync),
            ["scale"] = ("a site of 10,000, 100,000 and 1,000,000 passages [--folder DIR] [--json FILE]",
                Scaling.ScaleMeasures.RunAsync),
            ["answers"] = ("how often extracts cite the judged document, and how long they take",
                AnswerMeasures.RunAsync),
            ["receipts"] = ("what receipt and ledger add to an answer", ReceiptMeasures.RunAsync),
            ["policies"] = ("what policies and labels add to an answer", AnswerPolicyMeasures.RunAsync),
            ["chunking"] = ("how well passages cover the characters that answer, against a recursive splitter",
                Chunking.ChunkingMeasures.RunAsync),
            ["languages"] = ("how often the language of a short text is told right, and how fast",
                LanguageMeasures.RunAsync),
            ["ingest"] = ("durable ingestion against one fsync'd file and transaction a document, and cp -r",
                IngestionBenchmark.RunAsync),
            ["mixed"] = ("the first synchronisation of 10,000 mixed office files, as a whole process",
                MixedIngestionBenchmark.RunAsync),
            ["duplicates"] = ("near duplicates that were planted among many documents: found, and in which time",
                DuplicateMeasures.RunAsync),
            ["gate"] = ("what the quality gate takes back of what bad documents cost the search",
                Gating.GateMeasures.RunAsync),
            ["pii"] = ("personal data in made letters: how much is found, how much of it is right, how fast [--misses] "
                + "[--training] [--texts FOLDER]",
                PersonalData.PersonalDataMeasures.RunAsync),
            ["tagger"] = ("learns what the tagger of names knows, from made documents [FILE] [--apart]",
                PersonalData.TaggerLearning.RunAsync),
            ["sealing"] = ("durable ingestion that seals what it stores, against one that does not",
                SealingBenchmark.RunAsync),
            ["packs"] = ("an object store of packs against loose files", PackBenchmark.RunAsync),
            ["analysis"] = ("text analysis against Lucene's analyzers", TextAnalysisBenchmark.RunAsync),
            ["vectors"] = ("vector search under permissions against a scan, at which recall",
                Vectors.VectorBenchmark.RunAsync),
            ["peers"] = ("the same against hnswlib, compiled for this processor",
                Vectors.VectorBenchmark.RunWithPeersAsync),
            ["encoder"] = ("an encoder of the shape of MiniLM-L6, and the search among its vectors [COLLECTION...]",
                Encoders.EncoderMeasures.RunAsync),
            ["models"] = ("a language model of 494 million parameters on one thread [--peer FOLDER]",
                Inference.ModelMeasures.RunAsync),
            ["cedar"] = ("decisions by policies a second of processor time", PolicyBenchmark.RunAsync),
            ["process"] = ("memory and start of the server, and the demo, as whole processes",
                ProcessMeasures.RunAsync),
        };

    /// <summary>Runs a verb.</summary>
    /// <returns>The exit code: 0 done, 2 usage.</returns>
    public static async Task<int> RunAsync(string verb, string[] arguments, CancellationToken cancellationToken)
    {
        if (!All.TryGetValue(verb, out var found))
        {
            return Explain();
        }

        await Report.WriteMachineAsync(verb, cancellationToken);
        await found.RunAsync(arguments, cancellationToken);
        return 0;
    }

    /// <summary>Lists the verbs.</summary>
    /// <returns>The exit code for wrong usage.</returns>
    public static int Explain()
    {
        Console.Error.WriteLine("usage: dotnet run -c Release --project bench/Terroir.Bench -- VERB");
        foreach (var (name, verb) in All)
        {
            Console.Error.WriteLine($"  {name,-10} {verb.What}");
        }

        return 2;
    }
}
