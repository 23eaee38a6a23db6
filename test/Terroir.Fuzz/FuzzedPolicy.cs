using System.Text;
using Terroir.Sovereignty;
using Terroir.Sovereignty.Cedar;

namespace Terroir.Fuzz;

/// <summary>Reads policies, a schema or entities as a steward's command would. Refusing them is an outcome; any other
/// exception is a finding, and so is a formatter that is not done after one time.</summary>
internal static class FuzzedPolicy
{
    private static readonly CedarSchema Schema = CedarSchema.Parse(SitePolicies.Schema);

    private static readonly AuthorizationRequest Request = new(
        new EntityUid("User", "a"),
        new EntityUid("Action", "process"),
        new EntityUid("Endpoint", "b"),
        RecordValue.Empty);

    public static void Read(Stream content, string kind)
    {
        using var reader = new StreamReader(content, Encoding.UTF8);
        var text = reader.ReadToEnd();
        try
        {
            Read(text, kind);
        }
        catch (PolicyInvalidException exception) when (PolicyFaultText.French.Describe(exception.Fault).Length > 0)
        {
            // Refused, as most of what the fuzzer makes up.
        }
    }

    private static void Read(string text, string kind)
    {
        switch (kind)
        {
            case "cedar":
                var policies = PolicySet.Parse(text);
                PolicyValidator.Validate(policies, Schema);
                policies.Authorize(Request, EntityStore.Empty);
                policies.Explain(Request, EntityStore.Empty);
                var formatted = PolicyFormatter.Format(text);
                if (!string.Equals(formatted, PolicyFormatter.Format(formatted), StringComparison.Ordinal))
                {
                    throw new InvalidOperationException("What is formatted changes when it is formatted again.");
                }

                break;
            case "cedarschema":
                CedarSchema.Parse(text);
                break;
            default:
                EntityReader.Read(text, schema: null);
                EntityReader.Read(text, Schema);
                break;
        }
    }
}
