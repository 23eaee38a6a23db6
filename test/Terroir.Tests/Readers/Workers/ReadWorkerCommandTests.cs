using Terroir.Readers.Workers;

namespace Terroir.Tests.Readers.Workers;

/// <summary>Which program becomes a reading process.</summary>
public sealed class ReadWorkerCommandTests
{
    [Theory]
    [InlineData("terroir")]
    [InlineData("Terroir.Cli")]
    [InlineData("terroir.exe")]
    public void The_command_starts_itself(string name)
    {
        using var folder = new TestFolder();
        var program = Path.Combine(folder.Path, name);

        Assert.Equal(program, ReadWorkerCommand.Find(program, folder.Path).FileName);
    }

    [Theory]
    [InlineData("Terroir.Bench")]
    [InlineData("Terroir.Tests")]
    [InlineData("dotnet")]
    public void Another_program_starts_the_command_that_stands_beside_it(string name)
    {
        using var folder = new TestFolder();
        var assembly = Path.Combine(folder.Path, "Terroir.Cli.dll");
        File.WriteAllText(assembly, "");

        var command = ReadWorkerCommand.Find(Path.Combine(folder.Path, name), folder.Path);

        Assert.Equal("dotnet", command.FileName);
        Assert.Equal([assembly, ReadWorkerCommand.Verb], command.Arguments);
    }

    [Fact]
    public void Where_there_is_no_command_no_file_is_given_up()
    {
        using var folder = new TestFolder();

        Assert.Throws<ReaderUnavailableException>(() => ReadWorkerCommand.Find("dotnet", folder.Path));
    }
}
