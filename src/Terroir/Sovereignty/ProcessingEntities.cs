using System.Collections.Immutable;
using Terroir.Sovereignty.Cedar;

namespace Terroir.Sovereignty;

/// <summary>Writes a question in the words of <see cref="SitePolicies.Schema"/>.</summary>
internal static class ProcessingEntities
{
    /// <summary>The user with the groups, and the endpoint.</summary>
    public static EntityStore Of(ProcessingRequest request)
    {
        var endpoint = request.Endpoint;
        var attributes = new List<KeyValuePair<string, CedarValue>>
        {
            new("isLocal", new BoolValue(endpoint.IsLocal)),
            new("operator", new StringValue(endpoint.Operator)),
            new("law", new StringValue(endpoint.Law)),
            new("region", new StringValue(endpoint.Region)),
            new("certifications", Strings(endpoint.Certifications)),
        };
        if (endpoint.CarbonGramsPerKilowattHour is { } carbon)
        {
            attributes.Add(new("carbonGramsPerKilowattHour", new LongValue(carbon)));
        }

        var groups = request.Groups.Select(group => new EntityUid("Group", group)).ToHashSet();
        return new EntityStore(
        [
            new Entity(ActorOf(request), parents: groups),
            new Entity(EndpointOf(request), new RecordValue(attributes)),
        ]);
    }

    /// <summary>The question for one action.</summary>
    public static AuthorizationRequest RequestOf(ProcessingRequest request, string action)
    {
        var labels = new List<KeyValuePair<string, CedarValue>>
        {
            new("classification", new LongValue((long)request.Labels.Classification)),
            new("personal", Strings(request.Labels.Personal)),
            new("contracts", Strings(request.Labels.Contracts)),
        };
        AddIfGiven(labels, "countries", request.Labels.Countries);
        AddIfGiven(labels, "purposes", request.Labels.Purposes);
        var context = new List<KeyValuePair<string, CedarValue>>
        {
            new("operation", new StringValue(request.Operation)),
            new("labels", new RecordValue(labels)),
        };
        if (request.Purpose is { } purpose)
        {
            context.Add(new("purpose", new StringValue(purpose)));
        }

        return new AuthorizationRequest(
            ActorOf(request),
            new EntityUid("Action", action),
            EndpointOf(request),
            new RecordValue(context));
    }

    private static EntityUid ActorOf(ProcessingRequest request) => new("User", request.Actor);

    private static EntityUid EndpointOf(ProcessingRequest request) => new("Endpoint", request.Endpoint.Name);

    private static void AddIfGiven(
        List<KeyValuePair<string, CedarValue>> attributes,
        string name,
        ImmutableSortedSet<string>? values)
    {
        if (values is not null)
        {
            attributes.Add(new(name, Strings(values)));
        }
    }

    private static SetValue Strings(IEnumerable<string> values) => new(values.Select(value => new StringValue(value)));
}
