using System.CommandLine;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;

namespace DualDb.Commands.Setup;

/// <summary><c>dualdb completion</c>. The shells ask the tool itself, by the directive of System.CommandLine, so that nothing has to be generated anew.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _dualdb() {
          local word="${COMP_WORDS[COMP_CWORD]}"
          local IFS=$'\n'
          COMPREPLY=( $(compgen -W "$(dualdb "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "$word") )
        }
        complete -o default -F _dualdb dualdb
        """;

    private const string Zsh = """
        _dualdb() {
          local -a found
          found=( ${(f)"$(dualdb "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)"} )
          (( ${#found} )) && compadd -- $found || _files
        }
        compdef _dualdb dualdb
        """;

    private const string Fish = """
        complete -f -c dualdb -a '(dualdb "[suggest:"(commandline -C)"]" (commandline -b) 2>/dev/null)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName dualdb -ScriptBlock {
          param($wordToComplete, $commandAst, $cursorPosition)
          dualdb "[suggest:$cursorPosition]" "$commandAst" 2>$null |
            Where-Object { $_ -like "$wordToComplete*" } |
            ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    public static Command Create(CommandFrame frame)
    {
        var shell = new Argument<Shell>("shell") { Description = "The shell" };
        var command = new ExampleCommand(
            "completion",
            "Prints the script that makes a shell complete the commands and options.",
            "eval \"$(dualdb completion bash)\"          # in ~/.bashrc",
            "eval \"$(dualdb completion zsh)\"           # in ~/.zshrc",
            "dualdb completion fish | source           # in ~/.config/fish/config.fish",
            "dualdb completion powershell | Out-String | Invoke-Expression")
        {
            shell,
        };
        return frame.Handle(command, (call, _) =>
        {
            var script = call.Value(shell) switch { Shell.Bash => Bash, Shell.Zsh => Zsh, Shell.Fish => Fish, _ => PowerShell };
            return Task.FromResult(new CommandResult(new JsonObject { ["shell"] = JsonText.Of(call.Value(shell)), ["script"] = script }, new TextLine(script)));
        });
    }

    /// <summary>The shells that there is a script for.</summary>
    private enum Shell
    {
        Bash = 0,
        Zsh,
        Fish,
        PowerShell,
    }
}
