using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes <c>AddShopDbSagas</c>, in the namespace where users look for such methods.</summary>
internal static class SagaRegistrationEmitter
{
    private const string Services = "global::Microsoft.Extensions.DependencyInjection.IServiceCollection";
    private const string Sagas = SagaCode.Sagas;

    public static string Emit(RootSagasSpec spec)
    {
        var writer = GeneratedFile.Begin();
        var (type, name) = (spec.Type.FullName, spec.Registration);
        writer.Lines($"""
            namespace Microsoft.Extensions.DependencyInjection;

            /// <summary>Adds the sagas of <see cref="{type}"/> to a container.</summary>
            {GeneratedFile.Attribute}
            {(spec.Type.IsPublic ? "public" : "internal")} static class {name}SagasServiceCollectionExtensions
            """);
        writer.Open();
        writer.Lines($"""
            /// <summary>Adds the runner of this project's sagas, which goes on with what other nodes have left and with what waits, and runs with the host.</summary>
            /// <param name="services">Receives the registrations.</param>
            /// <param name="configure">Sets options; null for none.</param>
            /// <returns><paramref name="services"/>.</returns>
            public static {Services} Add{name}Sagas(this {Services} services, global::System.Action<{Sagas}SagaOptions>? configure = null)
                => {Sagas}SagaServiceCollectionExtensions.AddDualDbSagas<{type}>(services, configure, static root => root.Sagas);
            """);
        writer.Close();
        return writer.ToString();
    }
}
