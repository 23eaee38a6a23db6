using System.Text.Json.Nodes;
using Terroir.Sovereignty.Cedar;

namespace Terroir.Proofs;

/// <summary>Writes random worlds with what our implementation of Cedar says of them, one a line, for
/// <c>eng/long/cedar-judge.mjs</c>.</summary>
/// <param name="random">Draws.</param>
/// <param name="output">Where to write.</param>
internal sealed class JudgedPolicies(Random random, TextWriter output)
{
    private const int RequestCount = 20;

    /// <summary>Writes worlds until they hold a number of requests.</summary>
    public void Write(int requestCount)
    {
        for (var written = 0; written < requestCount; written += RequestCount)
        {
            var world = new PolicyWorld(random);
            var policies = new PolicyText(random).Draw();
            var entities = world.DrawEntities();
            var line = new JsonObject { ["schema"] = world.Schema, ["policies"] = policies };
            try
            {
                Judge(line, PolicySet.Parse(policies), CedarSchema.Parse(world.Schema), entities, world);
            }
            catch (PolicyInvalidException exception)
            {
                line["unreadable"] = exception.Message;
            }

            line["entities"] = entities;
            output.WriteLine(line.ToJsonString());
        }
    }

    private static void Judge(
        JsonObject line,
        PolicySet policies,
        CedarSchema schema,
        JsonArray entities,
        PolicyWorld world)
    {
        var faults = PolicyValidator.Validate(policies, schema);
        line["invalid"] = new JsonArray([.. faults.Where(fault => !fault.IsWarning)
            .Select(fault => fault.PolicyId).Distinct(StringComparer.Ordinal).Select(id => (JsonNode)id)]);
        line["formatted"] = PolicyFormatter.Format(line["policies"]!.GetValue<string>());
        var store = EntityReader.Read(entities.ToJsonString(), schema);
        var requests = new JsonArray();
        for (var i = 0; i < RequestCount; i++)
        {
            var request = world.DrawRequest();
            var result = policies.Authorize(RequestReader.Read(request.ToJsonString(), schema), store);
            request["decision"] = result.IsAllowed ? "allow" : "deny";
            request["reasons"] = new JsonArray([.. result.Reasons.Select(id => (JsonNode)id)]);
            request["errors"] = new JsonArray([.. result.Errors.Select(error => (JsonNode)error.PolicyId)]);
            requests.Add((JsonNode)request);
        }

        line["requests"] = requests;
    }
}
