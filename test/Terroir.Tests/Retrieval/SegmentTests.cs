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
    private const int FooterSize = 32;

    private static readonly string[] Words = ["parking", "tarif", "hôpital", "sang", "garde", "été", "cœur", "the"];

    private static readonly Gen<string[]> World =
        Gen.Int[0, 7].Select(pick => Words[pick]).Array[1, 9].Select(words => string.Join(' ', words))
            .Array[1, 3].Select(paragraphs => string.Join('\n', paragraphs))
            .Array[1, 8];

    private static string GoldenFile => Path.Combine(AppContext.BaseDirectory, "golden", "segment", "1", "four.seg");

    private static SegmentDocument[] GoldenDocuments =>
    [
        .. Documents(["Le parking de l'hôpital est payant.\nLe tarif est de 2 € par jour."], "Tarifs", "fr"),
        .. Documents(["Prise de sang à jeun, à l’accueil."], "Examens", "fr"),
        .. Documents(["Visitors park for free.\n\nThe heart of the matter."], "Welcome", "en"),
        .. Documents(["𝔘nicode et 中文 aussi"], "Divers", "fr"),
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
            Assert.Throws<BlobCorruptException>(() => new SegmentReader(changed));
        }
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
    [InlineData(1, 7)]
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

        Gen.Select(Gen.Int[8, bytes.Length - FooterSize - 1], Gen.Byte).Sample(
            (at, value) =>
            {
                var changed = bytes.ToArray();
                changed[at] = value;
                try
                {
                    Dump(new SegmentReader(Seal(changed)));
                }
                catch (BlobCorruptException)
                {
                    // The fitting answer.
                }
            },
            iter: 3_000);
    }

    [Fact]
    public void The_golden_file_is_written_as_it_was() =>
        Assert.Equal(File.ReadAllBytes(GoldenFile), Build(GoldenDocuments));

    [Fact]
    public void The_golden_file_is_read_as_it_was() =>
        Assert.Equal(
            File.ReadAllText(Path.ChangeExtension(GoldenFile, ".txt")).ReplaceLineEndings("\n"),
            Dump(new SegmentReader(File.ReadAllBytes(GoldenFile))));

    private static byte[] Build(SegmentDocument[] documents) =>
        new PostingSegmentBuilder().Build(documents, CancellationToken.None).Content.ToArray();

    private static SegmentDocument[] Documents(string[] texts, string title = "Titre", string language = "fr") =>
    [
        .. texts.Select((text, number) => TestDocuments.ForSegment(
            TestDocuments.Prepare($"{title}/{number}", text, title: title, language: language))),
    ];

    private static byte[] Seal(byte[] bytes)
    {
        SHA256.HashData(bytes.AsSpan(0, bytes.Length - FooterSize), bytes.AsSpan(bytes.Length - FooterSize));
        return bytes;
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
