using Microsoft.Extensions.DependencyInjection;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>The services of one run: a scope of the container's, where there is one.</summary>
internal sealed class EngineScope(IServiceProvider services) : IDisposable
{
    private readonly IServiceScope? _scope = services.GetService<IServiceScopeFactory>()?.CreateScope();

    public IServiceProvider Services => _scope?.ServiceProvider ?? services;

    public void Dispose() => _scope?.Dispose();
}

/// <summary>Stands in for a container where there is none.</summary>
internal sealed class NoServices : IServiceProvider
{
    public static readonly NoServices Instance = new();

    public object? GetService(Type serviceType) => null;
}
