using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Terroir.Catalog;
using Terroir.Retrieval.Segments;

namespace Terroir.Tests.Retrieval;

public sealed class SegmentTests
{
    private static readonly string[] Words = ["parking", "tarif", "hôpital", "sang", "garde", "été", "cœur", "the"];

    private static readonly Gen<string[]> World =
        Gen.Int[0, 7].Select(pick => Words[pick]).Array[1, 9].Select(words => string.Join(' ', words))
            .Array[1, 3].Select(paragraphs => string.Join('\n', paragraphs))
            .Array[1, 8];

    private static string GoldenFile => Golden("2/five");

    private static int GoldenBodySize => (int)SegmentHeader.Read(File.ReadAllBytes(GoldenFile)).BodySize;

    private static SegmentDocument[] GoldenDocuments =>
    [
        .. Documents(["Le parking de l'hôpital est payant.\nLe tarif est de 2 € par jour."], "Tarifs", "fr"),
        .. Documents(["Prise de sang à jeun, à l’accueil."], "Examens", "fr"),
        .. Documents(["Visitors park for free.\n\nThe heart of the matter."], "Welcome", "en"),
        .. Documents(["𝔘nicode et 中文 aussi"], "Divers", "fr"),
        .. Documents(["Dossier de garde (DDG) : article L. 1234-5, dose de 5 mg."], "Garde n° 2023-117", "fr"),
    ];

    [Fact]
    public void The_same_documents_give_the_same_bytes() =>
        World.Sample(world => Assert.Equal(Build(Documents(world)), Build(Documents(world))), iter: 50);

    [Fact]
    public void A_merge_gives_the_bytes_of_the_live_documents_built_at_once() =>
        Gen.Select(World, Gen.Bool.Array[8], Gen.Int[1, 4]).Sample(
            (world, isLive, cut) =>
            {
                var documents = Documents(world);
                var live = documents.Where((_, number) => isLive[number]).ToArray();
                var ids = live.Select(document => document.Id).ToHashSet();

                var merged = new PostingSegmentBuilder().Merge(
                    [.. documents.Chunk(cut).Select(part => new SegmentInput(Build(part), ids))],
                    CancellationToken.None);

                Assert.Equal(live.Length == 0 ? null : Build(live), merged?.Content.ToArray());
                Assert.Equal(live.Length, merged?.DocumentCount ?? 0);
            },
            iter: 100);

    [Fact]
    public void The_first_term_from_a_name_is_the_first_that_is_not_before_it() =>
        Gen.Select(World, Gen.String[Gen.Char["fr:apstz~"], 0, 6]).Sample(
            (world, name) =>
            {
                var reader = new SegmentReader(Build(Documents(world)));
                var names = Enumerable.Range(0, reader.TermCount)
                    .Select(term => Encoding.UTF8.GetString(reader.Name(term)));

                var before = names.Count(known => string.CompareOrdinal(known, name) < 0);

                Assert.Equal(before, reader.FindFrom(Encoding.UTF8.GetBytes(name)));
            },
            iter: 100);

    [Fact]
    public void A_document_without_passages_is_indexed_without_terms()
    {
        var document = Documents(["rien"])[0] with { Passages = [] };

        var reader = new SegmentReader(Build([document]));

        Assert.Equal(document.Id, Assert.Single(reader.Documents).Id);
        Assert.Equal(0, reader.TermCount);
    }

    [Fact]
    public void A_changed_byte_anywhere_is_corruption()
    {
        var bytes = Build(GoldenDocuments);

        for (var at = 0; at < bytes.Length; at++)
        {
            var changed = bytes.ToArray();
            changed[at] ^= 0x10;
            Assert.Throws<BlobCorruptException>(() => new SegmentReader(changed).CheckAll());
        }
    }

    // Many chunks: damage is found where it is touched, and everything else is read as before.
    [Fact]
    public void A_damaged_chunk_is_never_read_and_the_others_are()
    {
        var bytes = Build(Documents([.. Enumerable.Range(0, 4_000).Select(number => $"mot{number} parking")]));
        var header = SegmentHeader.Read(bytes);
        Assert.InRange(header.ChunkCount, 3, 30);
        long[] sections =
        [
            SegmentFormat.HeaderSizeBytes, header.FirstsAt, header.LengthsAt, header.PassagesAt, header.TermsAt,
            header.NamesAt, header.PostingsAt, header.BodySize - 1,
        ];
        var sound = Dump(new SegmentReader(bytes));

        foreach (var at in sections)
        {
            var changed = bytes.ToArray();
            changed[at] ^= 1;
            var reader = new SegmentReader(changed, "b/ab/abc");
            var error = Assert.Throws<BlobCorruptException>(() => Dump(reader));
            Assert.Equal("b/ab/abc", error.Key);
            Assert.Throws<BlobCorruptException>(() => reader.CheckAll());
        }

        Assert.Equal(sound, Dump(new SegmentReader(bytes)));
    }

    [Fact]
    public void A_segment_cut_short_is_corruption()
    {
        var bytes = Build(GoldenDocuments);

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<BlobCorruptException>(() => new SegmentReader(bytes.AsMemory(0, length)));
        }
    }

    [Theory]
    [InlineData(7, 1)]
    [InlineData(2, 7)]
    [InlineData(2, 0)]
    public void Another_layout_or_analysis_is_refused_by_its_number(ushort version, ushort analysis)
    {
        var bytes = Build(GoldenDocuments);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), version);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), analysis);

        var error = Assert.Throws<SegmentUnsupportedException>(() => new SegmentReader(Seal(bytes)));

        Assert.Equal((version, analysis), (error.Version, error.Analysis));
    }

    // A right checksum over wrong bytes: a faulty writer. The reader may refuse it and may not fail in another way.
    [Fact]
    public void Wrong_bytes_under_a_right_checksum_are_read_or_refused()
    {
        var bytes = Build(GoldenDocuments);
        var last = (int)SegmentHeader.Read(bytes).BodySize - 1;

        Gen.Select(Gen.Int[8, last], Gen.Byte).Sample(
            (at, value) =>
            {
                var changed = bytes.ToArray();
                changed[at] = value;
                DumpOrRefuse(Seal(changed));
            },
            iter: 3_000);
    }

    [Fact]
    public void The_golden_file_is_written_as_it_was() =>
        Assert.Equal(File.ReadAllBytes(GoldenFile), Build(GoldenDocuments));

    [Theory]
    [InlineData("1/four")]
    [InlineData("2/four")]
    [InlineData("2/five")]
    public void The_golden_files_of_each_layout_and_analysis_are_read_as_they_were(string name) =>
        Assert.Equal(
            File.ReadAllText(Path.ChangeExtension(Golden(name), ".txt")).ReplaceLineEndings("\n"),
            Dump(new SegmentReader(File.ReadAllBytes(Golden(name)))));

    [Fact]
    public void A_segment_of_layout_1_becomes_that_of_the_same_documents_in_the_present_one() =>
        Assert.Equal(
            File.ReadAllBytes(Golden("2/four")),
            LegacySegment.Upgrade(File.ReadAllBytes(Golden("1/four")), "old"));

    [Fact]
    public void A_merge_is_as_old_as_the_oldest_of_its_segments()
    {
        SegmentInput[] inputs =
        [
            .. new[] { File.ReadAllBytes(Golden("2/four")), Build(GoldenDocuments[4..]) }.Select(bytes =>
                new SegmentInput(bytes, new SegmentReader(bytes).Documents.Select(entry => entry.Id).ToHashSet())),
        ];

        var merged = new PostingSegmentBuilder().Merge(inputs, CancellationToken.None)!.Content;

        Assert.Equal(SegmentFormat.WordAnalysis, new SegmentReader(merged).Analysis);
        Assert.False(new PostingSegmentBuilder().IsCurrent(merged));
        Assert.True(new PostingSegmentBuilder().IsCurrent(inputs[1].Content));
    }

    [Fact]
    public void A_changed_byte_anywhere_in_layout_1_is_corruption()
    {
        var bytes = File.ReadAllBytes(Golden("1/four"));

        for (var at = 0; at < bytes.Length; at++)
        {
            var changed = bytes.ToArray();
            changed[at] ^= 0x10;
            Assert.Throws<BlobCorruptException>(() => new SegmentReader(changed).CheckAll());
        }
    }

    [Fact]
    public void A_segment_of_layout_1_that_a_faulty_writer_sealed_is_read_or_refused()
    {
        var bytes = File.ReadAllBytes(Golden("1/four"));

        Gen.Select(Gen.Int[8, bytes.Length - 33], Gen.Byte).Sample(
            (at, value) =>
            {
                var changed = bytes.ToArray();
                changed[at] = value;
                SHA256.HashData(changed.AsSpan(0, changed.Length - 32), changed.AsSpan(changed.Length - 32));
                DumpOrRefuse(changed);
            },
            iter: 3_000);
    }

    private static byte[] Build(SegmentDocument[] documents) =>
        new PostingSegmentBuilder().Build(documents, CancellationToken.None).Content.ToArray();

    private static SegmentDocument[] Documents(string[] texts, string title = "Titre", string language = "fr") =>
    [
        .. texts.Select((text, number) => TestDocuments.ForSegment(
            TestDocuments.Prepare($"{title}/{number}", text, title: title, language: language))),
    ];

    private static string Golden(string name) =>
        Path.Combine(AppContext.BaseDirectory, "golden", "segment", $"{name}.seg");

    // With digests that fit the bytes. Counts that do not fit the length need none: they are refused before.
    private static byte[] Seal(byte[] bytes)
    {
        SegmentWriter.Seal(bytes, GoldenBodySize);
        return bytes;
    }

    private static void DumpOrRefuse(byte[] bytes)
    {
        try
        {
            Dump(new SegmentReader(bytes));
        }
        catch (BlobCorruptException)
        {
            // The fitting answer.
        }
    }

    private static string Dump(SegmentReader reader)
    {
        var text = new StringBuilder();
        foreach (var (id, first, count, length) in reader.Documents)
        {
            text.Append(CultureInfo.InvariantCulture, $"{id} {first}+{count} {length}\n");
        }

        text.Append(string.Join(' ', reader.PassageLengths)).Append('\n');
        for (var term = 0; term < reader.TermCount; term++)
        {
            text.Append(Encoding.UTF8.GetString(reader.Name(term)));
            var postings = reader.Postings(term);
            while (postings.MoveNext())
            {
                var (passage, count, context) = postings.Current;
                text.Append(CultureInfo.InvariantCulture, $" {passage}:{count}/{context}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
