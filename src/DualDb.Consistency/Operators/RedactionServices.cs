using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DualDb.Consistency.Operators;

/// <summary>Registers what is known to be sensitive, with what masks it.</summary>
internal static class RedactionServices
{
    /// <summary>Registers the redaction, unless the application has one of its own.</summary>
    public static IServiceCollection AddModelRedaction(this IServiceCollection services)
    {
        services.TryAddSingleton<IPayloadRedaction>(static provider => new ModelRedaction(provider.GetServices<SensitiveFacts>()));
        return services;
    }

    /// <summary>Registers facts, asked for when something is first shown.</summary>
    public static IServiceCollection AddSensitiveFacts(this IServiceCollection services, Func<IServiceProvider, SensitiveFacts> facts)
        => services.AddModelRedaction().AddSingleton(facts);
}
