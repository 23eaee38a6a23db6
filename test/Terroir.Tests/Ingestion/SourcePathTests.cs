using System.Text;
using CsCheck;
using Terroir.Ingestion;
using Terroir.Sources;

namespace Terroir.Tests.Ingestion;

public sealed class SourcePathTests
{
    private static readonly Gen<byte[]> Name = Gen.OneOf<byte>(
            (byte)'a', (byte)'!', (byte)'%', (byte)'2', (byte)'F', (byte)'\n', 0x7F, 0xC3, 0xA9, 0xFF, 0xEF, 0xBF, 0xBD)
        .Array[1, 8];

    [Theory]
    [InlineData("congés 2026.docx")]
    [InlineData("100 %.md")]
    [InlineData("50%de remise.md")]
    [InlineData("urgent!.md")]
    [InlineData("a\\b:c.md")]
    public void Most_names_stand_as_they_are(string name)
    {
        var isLikeEscape = name.Contains("%de", StringComparison.Ordinal);

        Assert.Equal(
            isLikeEscape ? "50%25de remise.md" : name,
            ItemPath.Encode(Encoding.UTF8.GetBytes(name), isFolder: false));
    }

    [Fact]
    public void What_is_no_text_is_written_in_digits()
    {
        Assert.Equal("caf%E9", ItemPath.Encode([.. "caf"u8, 0xE9], isFolder: false));
        Assert.Equal("a%0Ab", ItemPath.Encode("a\nb"u8, isFolder: false));
        Assert.Equal("a.zip%21", ItemPath.Encode("a.zip!"u8, isFolder: true));
    }

    [Fact]
    public void The_bytes_of_a_path_come_back() => Name.Array[1, 4].Sample(names =>
    {
        var path = "";
        for (var index = 0; index < names.Length; index++)
        {
            path = SourcePath.Join(path, names[index], isFolder: index < names.Length - 1);
        }

        Assert.Equal(path, SourcePath.Outer(path));
        Assert.Equal(names.Select(name => (byte[])[.. name, 0]), SourcePath.Decode(path));
    });

    [Fact]
    public void A_path_into_a_file_leads_back_to_the_file() =>
        Gen.Select(Name, Name.Array[1, 3]).Sample((name, inner) =>
        {
            var outer = SourcePath.Join("dossier", name, isFolder: false);
            var path = SourcePath.Inner(outer, string.Join('/', inner.Select(part => Encoding.Latin1.GetString(part))));

            Assert.True(SourcePath.IsInside(path));
            Assert.Equal(outer, SourcePath.Outer(path));
        });

    [Fact]
    public void A_folder_of_an_archive_that_ends_like_one_is_none() => Assert.NotEqual(
        SourcePath.Inner("a.zip", "b.zip!/c.txt"),
        SourcePath.Inner(SourcePath.Inner("a.zip", "b.zip"), "c.txt"),
        StringComparer.Ordinal);
}
