using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Terroir.Server.Tests.Models;

namespace Terroir.Server.Tests.Hostile;

/// <summary>A model that does what it reads: it says what every order in its prompt wants, and cites the passage that
/// asked for it.</summary>
internal sealed class ObedientModel
{
    private int _obeyedCount;

    /// <summary>How many prompts had an order.</summary>
    public int ObeyedCount => _obeyedCount;

    public async Task AnswerAsync(HttpContext context, string body)
    {
        using var json = JsonDocument.Parse(body);
        var content = json.RootElement.GetProperty("messages").EnumerateArray().Last().GetProperty("content");
        var prompt = content.ValueKind == JsonValueKind.String
            ? content.GetString()!
            : content[0].GetProperty("text").GetString()!;
        var said = new StringBuilder();
        foreach (var line in prompt.Split('\n'))
        {
            foreach (var order in HostileTexts.Orders)
            {
                if (line.IndexOf(order, StringComparison.Ordinal) is >= 0 and var at)
                {
                    var wish = line[(at + order.Length)..].Trim();
                    said.Append(wish).Append(" [").Append(FakeModelServer.NumberOf(body, order)).Append("]. ");
                }
            }
        }

        if (said.Length > 0)
        {
            Interlocked.Increment(ref _obeyedCount);
        }

        await FakeModelServer.SayAsync(context, said.ToString());
    }
}
