using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DualDb.Docs.Tests;

/// <summary>Makes a code block of the documentation a file that the compiler takes.</summary>
internal static class CodeBlock
{
    /// <summary>The newest language that this compiler knows; the repository's own may be newer than the compiler that the tests reference.</summary>
    public const LanguageVersion Language = LanguageVersion.Preview;

    /// <summary>What the SDK's implicit usings and the text around the blocks take for granted.</summary>
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using DualDb;

        """;

    /// <summary>Names that the guides use without declaring them.</summary>
    private const string Surroundings = """
        static ShopDb db = null!;
        static DualDb.Testing.LocalServers servers = null!;
        static Microsoft.Extensions.DependencyInjection.IServiceCollection services = null!;
        static CancellationToken cancellationToken = default;
        static Order order = null!;
        static Profile profile = null!;
        static Guid userId = default;
        static Guid[] userIds = [];
        static long[] orderIds = [];
        static long productId = 0;
        """;

    /// <summary>A program of its own: its statements, then its models.</summary>
    public static SyntaxTree Program(Fence statements, Fence models)
    {
        var (program, types) = (Unit(statements), Unit(models));
        return Parse($"""
            {Usings}
            {program.Usings.ToFullString()}
            {types.Usings.ToFullString()}
            {program.WithUsings(default).ToFullString()}
            {types.WithUsings(default).ToFullString()}
            """);
    }

    /// <summary>A part of an application that looks like the sample.</summary>
    public static SyntaxTree Part(Fence fence)
    {
        var unit = Unit(fence);
        var statements = string.Concat(unit.Members.OfType<GlobalStatementSyntax>().Select(statement => statement.ToFullString()));
        var types = string.Concat(unit.Members.Where(member => member is not GlobalStatementSyntax).Select(type => type.ToFullString()));
        return Parse($$"""
            {{Usings}}
            using System.Data;
            using System.Net.Http;
            using System.Text.Json.Serialization;
            using DualDb.Consistency.Events;
            using DualDb.Consistency.Sagas;
            using DualDb.Testing;
            using Microsoft.Extensions.DependencyInjection;
            using Storefront;
            using Storefront.Models;
            {{unit.Usings.ToFullString()}}

            {{types}}

            file static class Block
            {
                {{Surroundings}}

                static async Task RunAsync()
                {
            {{statements}}
                    await Task.Yield();
                }
            }
            """);
    }

    private static CompilationUnitSyntax Unit(Fence fence) => (CompilationUnitSyntax)Parse(fence.Text).GetRoot();

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(Language));
}
