@echo off
rem The two commands for Windows, which has no make:   make run   and   make test
rem Needs Python 3.11 or newer from python.org; HOST, PORT and PY (default: py -3) may be set before.
setlocal
cd /d "%~dp0"
if "%PY%"=="" set PY=py -3
set BIN=.venv\Scripts
if "%1"=="run" goto run
if "%1"=="test" goto test
echo   make run    set up, build the release if figures or code changed, serve the dashboard
echo   make test   set up and run all tests (needs Chrome, Edge or Chromium)
exit /b 2

:run
call :install requirements.lock || exit /b 1
%BIN%\python -m etl build --if-changed || exit /b 1
%BIN%\python app.py
exit /b %errorlevel%

:test
call :install requirements-dev.lock || exit /b 1
%BIN%\python tests\browser\install.py || exit /b 1
%BIN%\python -m pytest -n 3 --dist loadfile
exit /b %errorlevel%

:install
%PY% -c "import sys; sys.exit(None if sys.version_info >= (3, 11) else 'Python 3.11 or newer is needed')" || exit /b 1
if not exist %BIN%\python.exe %PY% -m venv .venv
fc /b %1 .venv\%1 >nul 2>&1 && exit /b 0
%BIN%\python -m pip install -q --disable-pip-version-check --require-hashes -r %1 || exit /b 1
%BIN%\python -m dashboard.bundle
%BIN%\python -m dashboard.parts
copy /y %1 .venv\%1 >nul
exit /b 0
