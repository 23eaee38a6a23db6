using Microsoft.Extensions.Options;
using Terroir.Models;

namespace Terroir.Server.Budgets;

/// <summary>Registers the budgets of models; without any nothing is counted.</summary>
internal static class BudgetServices
{
    public static IServiceCollection AddBudgets(this IServiceCollection services)
    {
        services.AddOptions<BudgetOptions>().BindConfiguration(BudgetOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<BudgetOptions>, BudgetOptionsValidator>()
            .AddSingleton<ModelBudgets>()
            .AddSingleton<IModelBudget>(provider => provider.GetRequiredService<ModelBudgets>());
    }
}
