using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Terroir.Documents;
using Terroir.Readers.Workers;

namespace Terroir.Crash;

/// <summary>A reader that a hostile file has taken over: it does what the file says.</summary>
internal sealed class HostileReader(Func<string, Task> onStart) : IDocumentReader
{
    /// <summary>The argument that makes this program a reading process with this reader.</summary>
    public const string Verb = "hostile-reader";

    private const int BlockSize = 16 << 20;

    /// <summary>Serves the pool, as <c>terroir read-worker</c> does.</summary>
    public static async Task<int> RunAsync()
    {
        await using var input = Console.OpenStandardInput();
        await using var output = Console.OpenStandardOutput();
        return await ReadWorkerProcess.RunAsync(
            input,
            output,
            onStart => new HostileReader(onStart),
            CancellationToken.None);
    }

    public async ValueTask<ReadOutcome> ReadAsync(
        ReadOnlyMemory<byte> content,
        string fileName,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        await onStart("hostile");
        var words = Encoding.UTF8.GetString(content.Span).Split(' ', 2);
        return words[0] switch
        {
            "echo" => Say(words[1]),
            "environment" => Say(string.Join(' ', Environment.GetEnvironmentVariables().Keys.Cast<string>())),
            "spin" => Spin(),
            "crash" => throw Crash(),
            "overflow" => Say(Overflow(1).ToString(System.Globalization.CultureInfo.InvariantCulture)),
            "memory" => Exhaust(),
            "flood" => Say(new string('x', int.MaxValue / 8)),
            "connect" => Try(() => new TcpClient("127.0.0.1", 9).Dispose()),
            "execute" => Try(() => Process.Start(words[1])!.Dispose()),
            "write" => Try(() => File.WriteAllText(words[1], "taken")),
            "append" => Try(() => File.AppendAllText(words[1], "taken")),
            "delete" => Try(() => File.Delete(words[1])),
            "move" => Try(() => File.Move(words[1], words[1] + ".taken")),
            _ => throw new UnreachableException(),
        };
    }

    private static Extracted Try(Action action)
    {
        try
        {
            action();
            return Say("done");
        }
        catch (Exception exception)
        {
            return Say($"refused: {exception.GetType().Name}");
        }
    }

    private static Extracted Say(string text) => new(new ExtractedDocument
    {
        MediaType = "text/plain",
        Reader = "hostile",
        Blocks = [new ParagraphBlock(text, SourcePlace.Whole)],
    });

    private static Extracted Spin()
    {
        while (true)
        {
        }
    }

    private static UnreachableException Crash()
    {
        Environment.FailFast("text of the file");
        return new UnreachableException();
    }

    private static int Overflow(int depth) => depth == 0 ? 0 : Overflow(depth + 1) + 1;

    private static Extracted Exhaust()
    {
        var blocks = new List<byte[]>();
        while (true)
        {
            var block = new byte[BlockSize];
            Array.Fill(block, (byte)1);
            blocks.Add(block);
        }
    }
}
