using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes <c>AddShopDb</c>, in the namespace where users look for such methods.</summary>
internal static class RegistrationEmitter
{
    private const string Services = "global::Microsoft.Extensions.DependencyInjection.IServiceCollection";
    private const string Hosting = "global::DualDb.Hosting.";

    public static string Emit(RootSpec root, IReadOnlyList<SetSpec> sets, string name)
    {
        var writer = GeneratedFile.Begin();
        var type = root.Type.FullName;
        var accessibility = root.Type.IsPublic ? "public" : "internal";
        writer.Lines($"""
            namespace Microsoft.Extensions.DependencyInjection;

            /// <summary>Adds <see cref="{type}"/> to a container.</summary>
            {GeneratedFile.Attribute}
            {accessibility} static class {name}ServiceCollectionExtensions
            """);
        writer.Open();
        writer.Lines($"""
            /// <summary>
            /// Adds <see cref="{type}"/>, its interface and the interface of each of its repositories as singletons. Options come from the
            /// environment, then from the section <c>DualDb</c> of the configuration, then from code, and are checked when the root is first resolved.
            /// </summary>
            /// <param name="services">Receives the registrations.</param>
            /// <param name="configure">Sets options; null for none.</param>
            /// <returns><paramref name="services"/>.</returns>
            public static {Services} Add{name}(this {Services} services, global::System.Action<global::DualDb.DualDbOptions>? configure = null)
            """);
        writer.Open();
        writer.Lines($"""
            {Hosting}DualDbServiceCollectionExtensions.AddDualDbRoot<{type}>(
                services,
                {Identifier.Literal(root.Type.Name)},
                {RootEmitter.Use(sets)},
                configure,
                static (neon, supabase, cache) => new {type}(neon, supabase, cache));
            """);
        WriteForward(writer, RootEmitter.Interface(root), type, "");
        foreach (var set in sets)
        {
            if (!set.IsSkeleton)
            {
                WriteForward(writer, set.RepositoryInterface, type, "." + Identifier.Escape(set.Name));
            }
        }

        writer.Lines("return services;");
        writer.Close();
        writer.Close();
        return writer.ToString();
    }

    private static void WriteForward(SourceWriter writer, string service, string root, string member)
        => writer.Lines($"{Hosting}RootServices.Add<{root}, {service}>(services, static root => root{member});");
}
