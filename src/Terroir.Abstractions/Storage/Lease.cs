namespace Terroir.Storage;

/// <summary>The right to change something until a time, with the number that proves it.</summary>
/// <param name="Name">What it is for, such as <c>collection/chu</c> or <c>gc</c>.</param>
/// <param name="Owner">Who holds it: a text unique to the process.</param>
/// <param name="Epoch">Grows by one at every acquisition; a change names it, and an old one is refused.</param>
/// <param name="Until">When it ends by the metastore's clock.</param>
public sealed record Lease(string Name, string Owner, long Epoch, DateTimeOffset Until)
{
    /// <summary>The part of the lease that a change must name.</summary>
    public Fence Fence => new(Name, Epoch);
}

/// <summary>Names the lease under which a change is made. A change under an old epoch, or after the lease ended, is
/// refused (invariant I5).</summary>
/// <param name="Lease">The lease's name.</param>
/// <param name="Epoch">Its epoch.</param>
public sealed record Fence(string Lease, long Epoch);
