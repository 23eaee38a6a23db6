using System.Text;
using CsCheck;
using Terroir.Retention.Residue;

namespace Terroir.Tests.Retention;

/// <summary>Remains are found wherever they stand, and nothing else is.</summary>
public sealed class ResidueTests
{
    private static readonly Gen<string> Text = Gen.Char["abcdefghijklmnopqrstuvwxyzéèà ,.\n"].Array[60, 2_000]
        .Select(letters => new string(letters));

    [Fact]
    public void A_run_of_a_text_is_found_in_any_place_and_encoding() =>
        Gen.Select(Text, Gen.Int[0, 5_000], Gen.Int[0, int.MaxValue], Gen.Int[0, 2]).Sample(
            (text, before, from, encoding) =>
            {
                var probes = new ResidueProbes();
                probes.AddText(text);
                var bytes = encoding switch
                {
                    0 => Encoding.UTF8.GetBytes(text),
                    1 => Encoding.Unicode.GetBytes(text),
                    _ => System.Text.Json.JsonEncodedText.Encode(text).EncodedUtf8Bytes.ToArray(),
                };
                var start = from % (bytes.Length - ResidueProbes.RunSizeMinBytes + 1);
                var run = bytes[start..(start + ResidueProbes.RunSizeMinBytes)];

                // Windows of few different bytes are left out on purpose.
                return run.Distinct().Count() < 18
                    || Find(probes, [.. new byte[before], .. run, .. new byte[9]]).Count > 0;
            },
            iter: 2_000);

    [Fact]
    public void Nothing_is_found_in_other_bytes() => Gen.Select(Text, Gen.Byte.Array[0, 50_000]).Sample(
        (text, bytes) =>
        {
            var probes = new ResidueProbes();
            probes.AddText(text);
            return Find(probes, bytes).Count == 0;
        },
        iter: 200);

    [Fact]
    public async Task A_run_across_two_chunks_of_a_file_is_found_once_with_its_place()
    {
        var probes = new ResidueProbes();
        probes.AddShort("Élise Quentalia");
        var name = Encoding.UTF8.GetBytes("Élise Quentalia");
        for (var at = (1 << 20) - name.Length - 1; at <= (1 << 20) + 1; at++)
        {
            var bytes = new byte[(1 << 20) + 100];
            name.CopyTo(bytes, at);
            var found = new List<long>();
            using var stream = new MemoryStream(bytes);

            var size = await new ResidueScan(probes).RunAsync(
                stream,
                (offset, _, _) => found.Add(offset),
                TestContext.Current.CancellationToken);

            Assert.Equal([at], found);
            Assert.Equal(bytes.Length, size);
        }
    }

    [Fact]
    public void Probes_that_were_kept_find_the_same_and_show_nothing()
    {
        var probes = new ResidueProbes();
        probes.AddText("Le traitement de Quentalia comprend la molécule deux fois par jour.");
        var kept = new ResidueProbes(probes.Base, probes.Windows);

        Assert.Equal(probes.Count, kept.Count);
        Assert.NotEmpty(Find(kept, Encoding.UTF8.GetBytes("Le traitement de Quentalia comprend la molécule")));
    }

    private static List<long> Find(ResidueProbes probes, byte[] bytes)
    {
        var found = new List<long>();
        new ResidueScan(probes).Run(bytes, (offset, _, _) => found.Add(offset));
        return found;
    }
}
