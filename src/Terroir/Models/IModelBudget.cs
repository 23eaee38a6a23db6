using Terroir.Storage;

namespace Terroir.Models;

/// <summary>What people may spend on models.</summary>
/// <remarks>Safe to call from several threads at once: requests at once never spend more together than there is.
/// </remarks>
public interface IModelBudget
{
    /// <summary>Reserves the most that a call can cost, before it is made. What is reserved counts as used, also after
    /// a crash.</summary>
    /// <param name="user">Whose call it is.</param>
    /// <param name="principals">All that they are.</param>
    /// <param name="most">The most that the call can cost.</param>
    /// <param name="cancellationToken">Stops before anything is reserved.</param>
    /// <returns>What was reserved; <see langword="null"/> for somebody without a budget, who is not counted.</returns>
    /// <exception cref="BudgetExhaustedException">It is more than is left: the call must not be made.</exception>
    Task<BudgetReservation?> ReserveAsync(
        string user,
        IReadOnlySet<string> principals,
        ModelCost most,
        CancellationToken cancellationToken);

    /// <summary>Puts what a call has cost in the place of what was reserved.</summary>
    /// <param name="reservation">What was reserved.</param>
    /// <param name="used">What it has cost; never counted as more than was reserved.</param>
    Task SettleAsync(BudgetReservation reservation, ModelCost used);
}

/// <summary>A call that is paid for.</summary>
/// <param name="User">Whose.</param>
/// <param name="Day">The day on which it counts.</param>
/// <param name="Reserved">The most that it can cost.</param>
public sealed record BudgetReservation(string User, DateOnly Day, ModelCost Reserved);
