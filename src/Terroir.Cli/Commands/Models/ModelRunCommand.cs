using System.CommandLine;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Cli.Output;
using Terroir.Models;

namespace Terroir.Cli.Commands.Models;

/// <summary>Lets a model go on with a text.</summary>
internal static class ModelRunCommand
{
    private const int TokensMax = 8_192;
    private const int SchemaSizeMaxBytes = 64 << 10;

    private static readonly Option<string> Prompt = new("--prompt")
    {
        Description = "What the model goes on with, or answers if it was trained on conversations.",
        Required = true,
    };

    private static readonly Option<int> Tokens = new("--max-tokens")
    {
        Description = "How many tokens it writes at most: 1 to 8,192.",
        DefaultValueFactory = _ => 256,
    };

    private static readonly Option<double> Temperature = new("--temperature")
    {
        Description = "How freely it chooses its words: 0 to 2; 0 takes the likeliest each time.",
        DefaultValueFactory = _ => 0,
    };

    private static readonly Option<long> Seed = new("--seed")
    {
        Description = "Where the choice begins: the same seed gives the same text.",
        DefaultValueFactory = _ => 0,
    };

    private static readonly Option<FileInfo?> Schema = new("--schema")
    {
        Description = "A file with a JSON schema: what the model writes is JSON of that schema.",
    };

    public static Command Create()
    {
        var id = ModelArgument.Create();
        return CommandLine.Create(
            "run",
            "Lets a model go on with a text, without any document of the site.",
            "terroir model run qwen2.5-0.5b --prompt \"Once upon a time\" --max-tokens 100",
            async (parsed, stop) =>
            {
                if (parsed.GetValue(Tokens) is < 1 or > TokensMax)
                {
                    return await CommandLine.RefuseAsync("--max-tokens is 1 to 8,192.");
                }

                if (parsed.GetValue(Temperature) is not (>= 0 and <= 2))
                {
                    return await CommandLine.RefuseAsync("--temperature is 0 to 2.");
                }

                if (parsed.GetValue(Schema) is { Exists: false } or { Length: > SchemaSizeMaxBytes })
                {
                    return await CommandLine.RefuseAsync("--schema names no file, or one of more than 64 KiB.");
                }

                await using var site = CommandLine.Open(parsed);
                var model = site.Services.GetRequiredService<ILocalModels>().Open(parsed.GetValue(id)!);
                await ContinueAsync(parsed, model, stop);
                return ExitCode.Done;
            },
            id,
            Prompt,
            Tokens,
            Temperature,
            Seed,
            Schema);
    }

    private static async Task ContinueAsync(ParseResult parsed, LocalModel model, CancellationToken cancellationToken)
    {
        var options = new ChatOptions
        {
            MaxOutputTokens = parsed.GetValue(Tokens),
            Temperature = (float)parsed.GetValue(Temperature),
            Seed = parsed.GetValue(Seed),
            ResponseFormat = parsed.GetValue(Schema) is { } file
                ? ChatResponseFormat.ForJsonSchema(await ReadAsync(file, cancellationToken))
                : null,
        };
        var isJson = parsed.GetValue(CommandLine.AsJson);
        var text = new StringBuilder();
        UsageDetails? usage = null;
        await foreach (var update in model.Client.GetStreamingResponseAsync(
            [new ChatMessage(ChatRole.User, parsed.GetValue(Prompt)!)],
            options,
            cancellationToken))
        {
            usage = update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details ?? usage;
            text.Append(update.Text);
            if (!isJson)
            {
                Console.Out.Write(Terminal.Clean(update.Text));
                await Console.Out.FlushAsync(cancellationToken);
            }
        }

        Console.Out.WriteLine(isJson
            ? CommandLine.Serialize(new
            {
                model = model.Id,
                text = text.ToString(),
                promptTokens = usage?.InputTokenCount,
                tokens = usage?.OutputTokenCount,
            })
            : "");
    }

    private static async Task<JsonElement> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(
                await File.ReadAllBytesAsync(file.FullName, cancellationToken));
        }
        catch (JsonException)
        {
            throw new SchemaUnsupportedException("", $"'{file.Name}' is no JSON");
        }
    }
}
