using System.CommandLine;
using Terroir.Sovereignty.Cedar;

namespace Terroir.Cli.Commands.Policies;

/// <summary>Says why a request is allowed or denied.</summary>
internal static class PolicyExplainCommand
{
    public static Command Create()
    {
        var request = new Argument<string>("request")
        {
            Description = "A JSON file with principal, action, resource and context.",
        };
        var policies = new Option<string[]>("--policies")
        {
            Description = "Files of policies, or folders of *.cedar.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var entities = new Option<string?>("--entities") { Description = "A JSON file of entities." };
        var schema = PolicyFiles.CreateSchema();
        var language = CommandLine.CreateLanguage();
        return CommandLine.Create(
            "explain",
            "Decides a request, and says which policies fit it and which of their conditions held.",
            "terroir policy explain request.json --policies policies --entities entities.json",
            async (parsed, stop) =>
            {
                var words = PolicyFaultText.Of(parsed.GetValue(language)!);
                var rules = await PolicyFiles.ReadAsync(parsed.GetValue(schema), words, CedarSchema.Parse, stop);
                var set = new List<Policy>();
                foreach (var file in PolicyFiles.List(parsed.GetValue(policies)!))
                {
                    set.AddRange(await PolicyFiles.ReadAsync(file, words, stop));
                }

                var known = await PolicyFiles.ReadAsync(
                    parsed.GetValue(entities),
                    words,
                    text => EntityReader.Read(text, rules),
                    stop) ?? EntityReader.Read("[]", rules);
                var question = (await PolicyFiles.ReadAsync(
                    parsed.GetValue(request),
                    words,
                    text => RequestReader.Read(text, rules),
                    stop))!;
                Print(parsed, new PolicySet(set), question, known, ExplanationWords.Of(parsed.GetValue(language)!));
                return ExitCode.Done;
            },
            request,
            policies,
            entities,
            schema,
            language);
    }

    private static void Print(
        ParseResult parsed,
        PolicySet policies,
        AuthorizationRequest request,
        EntityStore entities,
        ExplanationWords words)
    {
        var result = policies.Authorize(request, entities);
        var explanations = policies.Explain(request, entities);
        CommandLine.Print(
            parsed,
            new
            {
                Decision = result.IsAllowed ? "allow" : "deny",
                result.Reasons,
                Errors = result.Errors.Select(error => new { error.PolicyId, Kind = error.Kind.ToString() }),
                Policies = explanations.Select(item => new
                {
                    item.PolicyId,
                    Effect = item.Effect.ToString(),
                    item.Line,
                    item.Applies,
                    Conditions = item.Conditions.Select(condition => new
                    {
                        condition.IsUnless,
                        condition.Text,
                        condition.Holds,
                        Error = condition.Error?.ToString(),
                    }),
                }),
            },
            [
                words.Decide(result),
                .. explanations.SelectMany(item => (string[])
                [
                    words.Describe(item),
                    .. item.Conditions.Select(condition => $"  {words.Describe(condition)}"),
                ]),
            ]);
    }
}
