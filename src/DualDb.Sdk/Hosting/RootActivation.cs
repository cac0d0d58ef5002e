namespace DualDb.Hosting;

/// <summary>What is done with a root when the container has created it.</summary>
/// <typeparam name="TRoot">The generated root.</typeparam>
/// <param name="activate">Is given the container and the root.</param>
internal sealed class RootActivation<TRoot>(Action<IServiceProvider, TRoot> activate)
{
    public void Run(IServiceProvider provider, TRoot root) => activate(provider, root);
}
