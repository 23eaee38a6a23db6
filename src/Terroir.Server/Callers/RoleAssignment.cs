using Microsoft.Extensions.Options;
using Terroir.Access;

namespace Terroir.Server.Callers;

/// <summary>Finds the roles of people by their groups.</summary>
internal sealed class RoleAssignment(IOptions<ServerOptions> options)
{
    /// <summary>Finds the roles of a person. Who administers is a reader only where a group says who reads: else
    /// whoever may make accounts could also read as themselves.</summary>
    public Roles Of(Asker asker)
    {
        var groups = options.Value;
        var roles = If(asker, groups.StewardGroup, Roles.Steward)
            | If(asker, groups.OperatorGroup, Roles.Operator)
            | If(asker, groups.AuditorGroup, Roles.Auditor)
            | If(asker, groups.AdministratorGroup, Roles.Administrator);
        return groups.ReaderGroup.Length > 0 ? roles | If(asker, groups.ReaderGroup, Roles.Reader)
            : roles.HasFlag(Roles.Administrator) ? roles
            : roles | Roles.Reader;
    }

    private static Roles If(Asker asker, string group, Roles role) =>
        asker.Principals.Contains(Principal.Group(group)) ? role : Roles.None;
}
